package io.triggerquery.documentation.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.triggerquery.documentation.observability.AlertRules.Alert;
import io.triggerquery.documentation.observability.AlertRules.Expectation;
import io.triggerquery.documentation.page.Page;
import io.triggerquery.documentation.page.Repository;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each alert names its subject, has a firing and a non-firing test, and is named in its section of the runbook. */
class AlertsTest {

    private static final String RUNBOOK = "docs/runbook.md";

    /** A paragraph of the runbook that names alerts. */
    private static final Pattern PARAGRAPH = Pattern.compile("\\*\\*Alert\\.\\*\\*(.*)");

    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    @TestFactory
    Stream<DynamicTest> eachAlertNamesItsListenerOrInstance() {
        return AlertRules.alerts().stream()
                .map(alert -> dynamicTest(alert.name(), () -> {
                    assertThat(alert.annotations()).containsKeys("summary", "description", "runbook_url");
                    assertThat(alert.annotations().get("description"))
                            .containsAnyOf("{{ $labels.listener }}", "{{ $labels.instance }}");
                }));
    }

    @TestFactory
    Stream<DynamicTest> eachAlertHasAFiringAndANonFiringTest() {
        List<Expectation> expectations = AlertRules.expectations();
        return AlertRules.alerts().stream()
                .map(alert -> dynamicTest(
                        alert.name(),
                        () -> assertThat(expectations)
                                .contains(new Expectation(alert.name(), true), new Expectation(alert.name(), false))));
    }

    @TestFactory
    Stream<DynamicTest> eachAlertIsNamedInItsRunbookSection() {
        Page runbook = Page.parse(RUNBOOK, Repository.read(RUNBOOK));
        String[] sections = Repository.read(RUNBOOK).split("\n(?=## )");
        return AlertRules.alerts().stream()
                .map(alert -> dynamicTest(alert.name(), () -> {
                    assertThat(alert.runbookUrl()).contains("/docs/runbook.md#");
                    String anchor = alert.runbookUrl().replaceFirst(".*#", "");
                    assertThat(runbook.anchors()).contains(anchor);
                    assertThat(Stream.of(sections)
                                    .filter(section -> Page.parse(RUNBOOK, section)
                                            .anchors()
                                            .contains(anchor))
                                    .flatMap(AlertsTest::named))
                            .contains(alert.name());
                }));
    }

    @Test
    void eachAlertNamedInRunbookExists() {
        assertThat(AlertRules.alerts())
                .extracting(Alert::name)
                .containsAll(named(Repository.read(RUNBOOK)).toList());
    }

    private static Stream<String> named(String text) {
        return PARAGRAPH
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .flatMap(paragraph -> NAME.matcher(paragraph).results())
                .map(name -> name.group(1));
    }
}
