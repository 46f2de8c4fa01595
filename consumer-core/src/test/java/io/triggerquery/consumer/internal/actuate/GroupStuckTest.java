package io.triggerquery.consumer.internal.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.control.CommandResult;
import io.triggerquery.consumer.internal.control.ControlValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupStuckTest {

    private final GroupStuck stuck = new GroupStuck(new FakeListener("bills"), new Shown(false, true));

    private static Map<String, Object> report(int total, String... stuckFor) {
        return Map.of(
                "total",
                total,
                "ids",
                List.of(stuckFor).stream()
                        .map(each -> Map.of("id", "id-" + each, "stuckFor", each))
                        .toList());
    }

    private GroupStuck.Report merged(int limit, Map<String, ControlValue.Answer> others, String... silent) {
        return stuck.merged(report(1, "PT5S"), new CommandResult(others, Set.of(silent), null), limit);
    }

    private static ControlValue.Answer answer(Map<String, Object> report) {
        return new ControlValue.Answer(true, "stuck", report);
    }

    @Test
    void g7_listsIdsOfAllInstancesLongestFirst() {
        var all = merged(3, Map.of("a", answer(report(70, "PT1M", "PT1S")), "b", answer(report(1, "PT10S"))));

        assertThat(all.total()).isEqualTo(72);
        assertThat(all.ids())
                .extracting(row -> row.get("instance") + " " + row.get("id"))
                .containsExactly("a id-PT1M", "b id-PT10S", "here id-PT5S");
        assertThat(all.missing()).isNull();
    }

    @Test
    void g7_reportsInstancesMissingInTheList() {
        var old = new ControlValue.Answer(false, "This version has no operation stuck.");
        var foreign = answer(Map.of("total", "many", "ids", List.of("no row", Map.of("id", "x", "stuckFor", 7))));

        var all = merged(10, Map.of("a", old, "b", foreign), "c");

        assertThat(all.total()).isEqualTo(1);
        assertThat(all.ids()).extracting(row -> row.get("id")).containsExactly("id-PT5S", "x");
        assertThat(all.missing())
                .isEqualTo("No answer within 5 s from c. No ids of a: This version has no operation stuck.");
    }

    @Test
    void hidesErrorsAndReportsThatNoOtherWasAsked() {
        var all = new GroupStuck(new FakeListener("bills"), new Shown(false, false)).longest(20);

        assertThat(all.ids())
                .hasSize(1)
                .first()
                .isEqualTo(Map.of(
                        "id",
                        "p-1",
                        "state",
                        "waiting",
                        "reason",
                        "back-off",
                        "nextTryIn",
                        "PT1S",
                        "failures",
                        2,
                        "stuckFor",
                        "PT3S",
                        "instance",
                        "here"));
        assertThat(all.missing()).isEqualTo("No other instance was asked: it is switched off.");
    }
}
