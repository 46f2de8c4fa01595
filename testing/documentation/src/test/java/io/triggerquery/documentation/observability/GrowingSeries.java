package io.triggerquery.documentation.observability;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/**
 * A test for promtool that evaluates expressions over the series of a scrape. Each series grows by one a minute, so that
 * rates and shares are more than 0, and has the labels that Prometheus sets.
 */
final class GrowingSeries {

    private static final Pattern SAMPLE = Pattern.compile("(?m)^(triggerquery_\\w+)(?:\\{(.*)})? \\S+$");
    private static final String OF_PROMETHEUS = "job=\"payment\",instance=\"a:8080\"";

    private GrowingSeries() {}

    /** Returns the text of a test that passes if each expression has series, together with these rules. */
    static String testThatEachHasSeries(Collection<String> expressions, String scraped, Path rules) {
        Map<String, Object> test = Map.of(
                "interval",
                "1m",
                "input_series",
                SAMPLE.matcher(scraped)
                        .results()
                        .map(sample -> Map.of("series", series(sample.group(1), sample.group(2)), "values", "0+1x60"))
                        .toList(),
                "promql_expr_test",
                expressions.stream().map(GrowingSeries::hasSeries).toList());
        return new Yaml()
                .dump(Map.of(
                        "rule_files", List.of(rules.toString()), "evaluation_interval", "1m", "tests", List.of(test)));
    }

    private static String series(String name, String labels) {
        return name + "{" + (labels == null ? "" : labels + ",") + OF_PROMETHEUS + "}";
    }

    private static Map<String, Object> hasSeries(String expression) {
        return Map.of(
                "expr",
                "count(" + expression + ") > bool 0",
                "eval_time",
                "30m",
                "exp_samples",
                List.of(Map.of("labels", "{}", "value", 1)));
    }
}
