package io.triggerquery.ctl.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.report.UndeliveredReport;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

class ReportedLineTest {

    private static final Entry ENTRY = new Entry(
            new OutgoingTrigger("changed", "p-1", 7L),
            Instant.parse("2026-07-01T10:00:00Z"),
            State.UNDELIVERED,
            "too late");
    private static final String JSON = "{\"event\":\"trigger-undelivered\",\"destination\":\"changed\",\"id\":\"p-1\","
            + "\"version\":7,\"since\":\"2026-07-01T10:00:00Z\",\"reason\":\"too late\"}";

    @Test
    void isWrittenInTheFormatOfTheProducer() {
        assertThat(ReportedLine.format(ENTRY)).isEqualTo(JSON);
    }

    @Test
    void readsTheReportOfTheProducer() {
        Logger logger = (Logger) LoggerFactory.getLogger(UndeliveredReport.LOGGER);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            new UndeliveredReport(InstantSource.system(), List.of())
                    .report(new WaitingTrigger(ENTRY.trigger(), ENTRY.since(), 5, null), ENTRY.reason());
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(lines.list)
                .singleElement()
                .extracting(
                        line -> ReportedLine.parse(line.getFormattedMessage()).orElseThrow())
                .isEqualTo(ENTRY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "2026-07-01 10:00:00.000 ERROR [app,{trace=1}] triggerquery.undelivered : %s",
                "%s \u001b[0m",
                "{\"other\":{}} %s",
            })
    void isFoundAnywhereInALine(String line) {
        assertThat(ReportedLine.parse(line.formatted(JSON))).contains(ENTRY);
    }

    @Test
    void isFoundInsideTheMessageOfAStructuredLog() {
        var outer = JsonMapper.shared().createObjectNode();
        outer.put("@timestamp", "2026-07-01T10:00:00Z");
        outer.put("message", JSON);

        assertThat(ReportedLine.parse(outer.toString())).contains(ENTRY);
    }

    @Test
    void writtenLineIsReadBackWithAnyReasonAndWithoutVersion() {
        Entry entry = new Entry(
                OutgoingTrigger.of("changed", "p-1"),
                Instant.EPOCH,
                State.UNDELIVERED,
                "a \"quoted\" {brace}\n\u00e4 \\");

        assertThat(ReportedLine.format(entry)).doesNotContain("\n", "version");
        assertThat(ReportedLine.parse(ReportedLine.format(entry))).contains(entry);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "started",
                "{\"event\":\"other\",\"id\":\"p-1\"}",
                "the logger of trigger-undelivered lines is on",
            })
    void otherLinesAreIgnored(String line) {
        assertThat(ReportedLine.parse(line)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "\"p-1\", \"../x\", id ../x: an id has",
        "\"p-1\", \"..\", id ..: an id is neither",
        "\"p-1\", 17, id is missing",
        "\"changed\", \"\", destination is missing",
        ":7, :-7, version is not a whole number",
        ":7, :7.5, version is not a whole number",
        ":7, :\"7\", version is not a whole number",
        ":7, :99999999999999999999, version is not a whole number",
        "2026-07-01T, yesterday, is not an instant",
        "}, '', but not its complete JSON object",
    })
    void invalidReportIsRefusedWithReason(String part, String broken, String reason) {
        assertThat(JSON).contains(part);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReportedLine.parse(JSON.replace(part, broken)))
                .withMessageContaining(reason);
    }

    @Test
    void veryLongLineIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReportedLine.parse(JSON + "{".repeat(1 << 20)))
                .withMessageContaining("longer than 65536");
        assertThat(ReportedLine.parse("{".repeat(40) + JSON)).contains(ENTRY);
    }
}
