package io.triggerquery.producer.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.triggerquery.producer.LogCapture;
import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UndeliveredReportTest {

    private static final Instant SINCE = Instant.parse("2026-07-01T10:00:00Z");

    private final List<String> events = new ArrayList<>();
    private final UndeliveredReport report = new UndeliveredReport(
            () -> SINCE.plusSeconds(60),
            List.of((destination, triggers, reason) -> events.add(destination + " " + triggers)));

    @Test
    void writesOneLineOfJson() {
        assertThat(reported(new OutgoingTrigger("changed", "p-1", 7L), "away"))
                .isEqualTo(
                        "{\"event\":\"trigger-undelivered\",\"destination\":\"changed\",\"id\":\"p-1\",\"version\":7,"
                                + "\"since\":\"2026-07-01T10:00:00Z\",\"reason\":\"away\"}");
    }

    @Test
    void omitsAnUnknownVersion() {
        assertThat(reported(OutgoingTrigger.of("changed", "p-1"), "away")).doesNotContain("version");
    }

    @Test
    void quotedTextCannotForgeALogLine() {
        String hostile = "\"},\n{\"event\":\"forged\"}\u2028\u001b[31m\u007f\u00e9" + "x".repeat(1_000);

        String line = reported(OutgoingTrigger.of("changed\n\u00e9", "p-1\n\"\u001b\u2028"), hostile);

        assertThat(line).matches("[\\x20-\\x7e]{1,900}");
        JsonNode json = JsonMapper.builder().build().readTree(line);
        assertThat(json.get("event").asString()).isEqualTo(UndeliveredReport.EVENT);
        assertThat(json.get("id").asString()).isEqualTo("p-1\n\"\u001b\u2028");
        assertThat(json.get("reason").asString()).startsWith("\"},?{\"event\":\"forged\"}?");
    }

    @Test
    void rejectedTriggersHaveTheCurrentTime() {
        try (LogCapture log = LogCapture.of(UndeliveredReport.LOGGER)) {
            report.rejected(List.of(OutgoingTrigger.of("changed", "a"), OutgoingTrigger.of("changed", "b")), "full");

            assertThat(log.messages(Level.ERROR)).hasSize(2).allMatch(line -> line.contains("2026-07-01T10:01:00Z"));
        }
    }

    @Test
    void notifiesListenersOncePerDestination() {
        report.rejected(
                List.of(
                        OutgoingTrigger.of("one", "a"),
                        OutgoingTrigger.of("other", "b"),
                        OutgoingTrigger.of("one", "c")),
                "no room anywhere");

        assertThat(events).containsExactlyInAnyOrder("one 2", "other 1");
    }

    @Test
    void throwingListenerAffectsNeitherTheLogNorOtherListeners() {
        UndeliveredListener broken = (destination, triggers, reason) -> {
            throw new IllegalStateException("for the test");
        };
        UndeliveredReport reportWithBrokenListener = new UndeliveredReport(
                () -> SINCE,
                List.of(broken, (destination, triggers, reason) -> events.add(destination + " " + triggers)));
        try (LogCapture log = LogCapture.of(UndeliveredReport.LOGGER)) {
            reportWithBrokenListener.rejected(
                    List.of(OutgoingTrigger.of("one", "a"), OutgoingTrigger.of("other", "b")), "full");

            assertThat(log.messages(Level.ERROR)).hasSize(2);
        }
        assertThat(events).containsExactlyInAnyOrder("one 1", "other 1");
    }

    private String reported(OutgoingTrigger trigger, String reason) {
        try (LogCapture log = LogCapture.of(UndeliveredReport.LOGGER)) {
            report.report(new WaitingTrigger(trigger, SINCE, 5, null), reason);
            return log.messages(Level.ERROR).get(0);
        }
    }
}
