package io.triggerquery.documentation.observability;

import io.triggerquery.documentation.page.Repository;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The alert rules that the project ships, and their tests. */
final class AlertRules {

    static final String RULES = "observability/triggerquery-rules.yaml";
    static final String TESTS = "observability/triggerquery-rules-test.yaml";

    private static final Pattern SELECTOR = Pattern.compile("\\btriggerquery[_:][\\w:]+(\\{[^}]*})?");

    private AlertRules() {}

    /** An alert, with the text of its annotations. */
    record Alert(String name, String expression, Map<String, String> annotations) {

        String runbookUrl() {
            return annotations.getOrDefault("runbook_url", "");
        }
    }

    /** The expectation of a test for an alert at a time. */
    record Expectation(String alert, boolean fires) {}

    static List<Alert> alerts() {
        return rules().filter(rule -> rule.containsKey("alert"))
                .map(rule -> new Alert(
                        (String) rule.get("alert"), (String) rule.get("expr"), texts(rule.get("annotations"))))
                .toList();
    }

    /** Returns the names of the series that rules record. */
    static Set<String> recorded() {
        return rules().filter(rule -> rule.containsKey("record"))
                .map(rule -> (String) rule.get("record"))
                .collect(Collectors.toSet());
    }

    /** Returns the metrics of all expressions, with their labels: what each of them reads. */
    static Set<String> selectors() {
        return rules().map(rule -> (String) rule.get("expr"))
                .flatMap(expression -> SELECTOR.matcher(expression).results())
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the series that the tests give to Prometheus. */
    static Set<String> givenSeries() {
        return maps(load(TESTS).get("tests"))
                .flatMap(test -> maps(test.get("input_series")))
                .map(given -> (String) given.get("series"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns what the tests expect; without any series they expect nothing, so that does not count. */
    static List<Expectation> expectations() {
        return maps(load(TESTS).get("tests"))
                .filter(test -> !((List<?>) test.get("input_series")).isEmpty())
                .flatMap(test -> maps(test.get("alert_rule_test")))
                .map(expected ->
                        new Expectation((String) expected.get("alertname"), expected.containsKey("exp_alerts")))
                .toList();
    }

    private static Stream<Map<String, Object>> rules() {
        return maps(load(RULES).get("groups")).flatMap(group -> maps(group.get("rules")));
    }

    private static Map<String, Object> load(String file) {
        return new Yaml().load(Repository.read(file));
    }

    @SuppressWarnings("unchecked")
    private static Stream<Map<String, Object>> maps(Object list) {
        return ((List<Map<String, Object>>) list).stream();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> texts(Object map) {
        return (Map<String, String>) map;
    }
}
