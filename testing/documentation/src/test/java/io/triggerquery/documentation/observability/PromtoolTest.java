package io.triggerquery.documentation.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.documentation.page.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prometheus' own program accepts the rules, the configuration and the expressions of the dashboard, and runs the tests
 * of the rules. The other tests of this package need no program.
 */
@EnabledIf("io.triggerquery.documentation.observability.Promtool#isThere")
class PromtoolTest {

    @TempDir
    private Path directory;

    @Test
    void eachAlertFiresOnlyWhenExpected() throws Exception {
        assertThat(Promtool.run(
                        "test", "rules", Repository.path(AlertRules.TESTS).toString()))
                .contains("SUCCESS");
    }

    /** Checks the test itself: a wrong rule must fail it. */
    @Test
    void wrongRuleFailsItsTests() throws Exception {
        Files.writeString(
                directory.resolve("triggerquery-rules.yaml"),
                Repository.read(AlertRules.RULES).replace("triggerquery_producer_parked > 0", "vector(1) > 0"));
        String tests = Repository.read(AlertRules.TESTS);
        String last =
                tests.substring(0, tests.indexOf("\n  - name:")) + tests.substring(tests.lastIndexOf("\n  - name:"));
        Path wrong = Files.writeString(directory.resolve("tests.yaml"), last);
        assertThatThrownBy(() -> Promtool.run("test", "rules", wrong.toString()))
                .hasMessageContaining("without any series nothing fires")
                .hasMessageContaining("TriggerProducerTriggersParked");
    }

    @Test
    void composeConfigurationIsAccepted() throws Exception {
        Files.copy(Repository.path(AlertRules.RULES), directory.resolve("triggerquery-rules.yaml"));
        Path config =
                Files.copy(Repository.path("docker/observe/prometheus.yaml"), directory.resolve("prometheus.yaml"));
        assertThat(Promtool.run("check", "config", config.toString())).contains("SUCCESS: 1 rule files found");
    }

    @Test
    void dashboardExpressionsAreAccepted() throws Exception {
        assertThat(Promtool.run("check", "rules", recordAll(ShippedDashboard.expressions())))
                .contains("SUCCESS");
        assertThatThrownBy(() -> Promtool.run("check", "rules", recordAll(List.of("sum(("))))
                .hasMessageContaining("parse error");
    }

    private String recordAll(List<String> expressions) throws IOException {
        String rules = IntStream.range(0, expressions.size())
                .mapToObj(
                        i -> "      - record: panel:" + i + "\n        expr: |\n          " + expressions.get(i) + "\n")
                .collect(Collectors.joining("", "groups:\n  - name: panels\n    rules:\n", ""));
        return Files.writeString(directory.resolve("panels.yaml"), rules).toString();
    }
}
