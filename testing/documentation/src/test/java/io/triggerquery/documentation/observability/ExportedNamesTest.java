package io.triggerquery.documentation.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.documentation.page.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each series in the rules, in their tests and in the dashboard is one that an application exports: an expression with
 * a wrong name or label is empty, and an alert of it never fires.
 */
class ExportedNamesTest {

    private static final Pattern EXPORTED = Pattern.compile("(?m)^(triggerquery_\\w+)");
    private static final Pattern SERIES = Pattern.compile("(?m)^triggerquery_\\w+(\\{.*})?");
    private static final Pattern LABEL = Pattern.compile("\\w+(?==\")");
    private static final Pattern METRIC = Pattern.compile("\\btriggerquery_\\w+");
    private static final Pattern RECORDED = Pattern.compile("\\btriggerquery:[\\w:]+");

    @TempDir
    private static Path directory;

    private static String scraped = "";

    @BeforeAll
    static void scrape() {
        scraped = ExportedNames.scrape(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {AlertRules.RULES, AlertRules.TESTS, ShippedDashboard.FILE})
    void eachMetricIsExported(String file) {
        Set<String> used = all(METRIC, Repository.read(file));
        assertThat(used).isNotEmpty();
        assertThat(all(EXPORTED, scraped)).containsAll(used);
    }

    @ParameterizedTest
    @ValueSource(strings = {AlertRules.RULES, ShippedDashboard.FILE})
    void eachRecordedSeriesIsRecorded(String file) {
        assertThat(AlertRules.recorded()).containsAll(all(RECORDED, Repository.read(file)));
    }

    /** A tested alert that fires for series with other labels proves nothing about exported series. */
    @Test
    void testSeriesHaveLabelsOfExportedSeries() {
        assertThat(AlertRules.givenSeries())
                .map(ExportedNamesTest::shape)
                .isSubsetOf(SERIES.matcher(scraped)
                        .results()
                        .map(MatchResult::group)
                        .map(ExportedNamesTest::shape)
                        .collect(Collectors.toSet()));
    }

    /** Expressions have no series if a label or a value does not exist, or if operands have different labels. */
    @Test
    @EnabledIf("io.triggerquery.documentation.observability.Promtool#isThere")
    void dashboardExpressionsAndRuleSelectorsHaveSeries() throws Exception {
        assertThat(evaluate(ShippedDashboard.expressions())).contains("SUCCESS");
        assertThat(evaluate(AlertRules.selectors())).contains("SUCCESS");
        assertThatThrownBy(() -> evaluate(List.of("triggerquery_lag{retry='no'}")))
                .hasMessageContaining("got: nil");
        assertThatThrownBy(() -> evaluate(List.of("triggerquery_lag + triggerquery_paused")))
                .hasMessageContaining("got: nil");
    }

    @Test
    void bucketOfObjectiveIsExported() {
        assertThat(scraped).contains("triggerquery_staleness_seconds_bucket{listener=\"bills\",le=\"10.0\"}");
        assertThat(Repository.read(AlertRules.RULES)).contains("le=\"10.0\"");
    }

    /** Prometheus sees no increase from no value to 1. */
    @Test
    void countersOfAlertsAreExportedAtStart() {
        assertThat(scraped)
                .contains(
                        "triggerquery_dead_lettered_total{listener=\"bills\"} 0.0",
                        "triggerquery_invalid_total{listener=\"bills\"} 0.0",
                        "triggerquery_lost_total{listener=\"bills\"} 0.0",
                        "triggerquery_consistency_violations_total{cause=\"no-trigger-seen\",listener=\"bills\"} 0.0",
                        "triggerquery_read_failures_total{listener=\"bills\"} 0.0",
                        "triggerquery_producer_undelivered_total{destination=\"bill-changed\"} 0.0",
                        "triggerquery_producer_published_total{destination=\"bill-changed\",receipt=\"thrown\"} 0.0");
    }

    @Test
    void dashboardHasPanelForEachMeterGroup() {
        Set<String> shown = all(METRIC, Repository.read(ShippedDashboard.FILE));
        Set<String> known = all(EXPORTED, scraped).stream()
                .filter(name -> !name.endsWith("_sum") && !name.endsWith("_max"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(shown).containsAll(known);
    }

    private static String evaluate(Collection<String> expressions) throws Exception {
        Path rules = Repository.path(AlertRules.RULES).toAbsolutePath();
        Path test = Files.writeString(
                directory.resolve("test.yaml"), GrowingSeries.testThatEachHasSeries(expressions, scraped, rules));
        return Promtool.run("test", "rules", test.toString());
    }

    /** Returns the name of a series and the names of its labels, without those that Prometheus sets. */
    private static String shape(String series) {
        Set<String> labels = all(LABEL, series);
        labels.removeAll(Set.of("job", "instance", "pod"));
        return series.replaceFirst("\\{.*", "") + labels;
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }
}
