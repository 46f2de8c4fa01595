package io.triggerquery.consumer.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.triggerquery.consumer.internal.monitor.Cause;
import io.triggerquery.consumer.internal.monitor.Measure;
import io.triggerquery.consumer.internal.monitor.Result;
import io.triggerquery.consumer.internal.monitor.Violation;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Violations are logged up to a limit, and all are counted by meters. */
class LoggingMonitorTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.triggerquery.consumer");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private long now;
    private final LoggingMonitor monitor = new LoggingMonitor("bills", () -> now);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void restore() {
        logger.detachAppender(lines);
    }

    private static Violation violation(String answer, Long answered, Long projected, String repair) {
        return new Violation(
                "p-17\n", Duration.ofSeconds(11), "listed", "", answer, answered, projected, Instant.EPOCH, repair);
    }

    @Test
    void violationIsOneLineWithVersionsAgeAndCause() {
        monitor.violated(violation("found", 5L, 4L, "triggered"), Cause.NO_TRIGGER_SEEN);
        monitor.violated(violation("found", null, null, "later"), Cause.ABSENT_HERE);
        monitor.violated(violation("absent", 7L, 6L, "none"), Cause.DEFERRED);

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "bills: p-17%0A has been inconsistent for at least 11000 ms: the source answers version 5, the"
                                + " projection has version 4. no-trigger-seen: none of its triggers in the topic is"
                                + " open, so no trigger was sent for this change. It is triggered now.",
                        "bills: p-17%0A has been inconsistent for at least 11000 ms: the source answers a"
                                + " state without a"
                                + " version, the projection has nothing. absent-here: the source has it, the projection"
                                + " does not. It is triggered later.",
                        "bills: p-17%0A has been inconsistent for at least 11000 ms: the source answers that"
                                + " it is absent,"
                                + " deleted with version 7, the projection has version 6. deferred: its trigger was"
                                + " deferred to the retry topic.");
        assertThat(lines.list.get(0).getKeyValuePairs())
                .extracting(pair -> pair.key + "=" + pair.value)
                .containsExactly("listener=bills", "id=p-17%0A", "cause=no-trigger-seen");
    }

    @Test
    void linesAreLimitedAndOmittedOnesCounted() {
        for (int i = 0; i < 1_000; i++) {
            monitor.violated(violation("found", 5L, 4L, "later"), Cause.UNKNOWN);
            monitor.absencesHeld();
            monitor.failed(new IllegalStateException("no way"));
        }
        assertThat(lines.list).hasSize(22);

        now += Duration.ofMinutes(1).toNanos();
        monitor.violated(violation("found", 5L, 4L, "later"), Cause.UNKNOWN);

        assertThat(lines.list.get(22).getFormattedMessage())
                .isEqualTo("bills: 980 more lines about ids that are not consistent were omitted before this one; the"
                        + " meters count all of them.");
    }

    @Test
    void metersStartAtZero() {
        var registry = new SimpleMeterRegistry();
        var meters = new MeteredMonitor(registry, "bills");
        meters.checked(Measure.AFTER_1M, Result.WRONG);
        meters.violated(violation("found", 5L, 4L, "triggered"), Cause.NO_TRIGGER_SEEN);
        meters.repaired("p-17");

        assertThat(registry.get("triggerquery.consistency.checks")
                        .tag("measure", "1m")
                        .tag("result", "wrong")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("triggerquery.consistency.violations")
                        .tag("cause", "no-trigger-seen")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("triggerquery.consistency.repairs").counter().count())
                .isEqualTo(1);
        assertThat(registry.getMeters()).as("bounded").hasSize(7 * 6 + 9 + 1);
    }
}
