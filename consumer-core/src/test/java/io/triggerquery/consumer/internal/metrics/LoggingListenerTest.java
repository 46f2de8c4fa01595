package io.triggerquery.consumer.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.RetryHistory;
import io.triggerquery.consumer.internal.engine.Work;
import io.triggerquery.consumer.internal.failure.OneLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Each log line contains all details in its text and again as key-value pairs. */
class LoggingListenerTest {

    private static final Trigger TRIGGER = new Trigger("bills", "p-17", OptionalLong.of(9), Instant.EPOCH);
    private static final Throwable CAUSE = new IllegalStateException("no\r\nway\033[31m");

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.triggerquery.consumer");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private long now = Long.MAX_VALUE; // the clock may be anywhere
    private final LoggingListener listener = new LoggingListener("bills", () -> now);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.DEBUG);
    }

    @AfterEach
    void restore() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    private static String keys(ILoggingEvent line) {
        return line.getKeyValuePairs().stream()
                .map(pair -> pair.key + "=" + pair.value)
                .collect(Collectors.joining(" "));
    }

    private void assertLogged(Level level, String text, String keys) {
        List<ILoggingEvent> found =
                lines.list.stream().filter(line -> line.getLevel() == level).toList();
        assertThat(found).extracting(ILoggingEvent::getFormattedMessage).containsExactly(text);
        assertThat(found).extracting(LoggingListenerTest::keys).containsExactly(keys);
    }

    @Test
    void failureIsOneLineWithIdAttemptAndCause() {
        listener.failed(new Work.Refresh(TRIGGER, RetryHistory.NONE), 4, Duration.ofSeconds(4), CAUSE);
        assertLogged(
                Level.WARN,
                "bills: p-17 failed, 4 failures in a row, next attempt in 4000 ms:"
                        + " java.lang.IllegalStateException: no way [31m",
                "listener=bills id=p-17 attempt=4 cause=java.lang.IllegalStateException: no way [31m");
        assertThat(lines.list).last().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.DEBUG);
            assertThat(line.getThrowableProxy()).isNotNull();
        });
    }

    @Test
    void failureWithoutPauseNamesNoPause() {
        listener.failed(
                new Work.Refresh(TRIGGER, RetryHistory.NONE), 1, Duration.ZERO, new IllegalStateException("no"));
        assertLogged(
                Level.WARN,
                "bills: p-17 failed, 1 failure in a row: java.lang.IllegalStateException: no",
                "listener=bills id=p-17 attempt=1 cause=java.lang.IllegalStateException: no");
    }

    @Test
    void onlySuccessAfterFailuresIsLogged() {
        listener.applied(new Work.Refresh(TRIGGER, RetryHistory.NONE), 0);
        assertThat(lines.list).isEmpty();
        listener.applied(new Work.Refresh(TRIGGER, RetryHistory.NONE), 1);
        assertLogged(Level.INFO, "bills: p-17 succeeded after 1 failure.", "listener=bills id=p-17 attempt=1");
    }

    @Test
    void deferredTriggerIsAWarning() {
        listener.deferred(TRIGGER, 5);
        assertLogged(
                Level.WARN,
                "bills: p-17 was deferred to the retry topic after 5 failures, and is tried again from there.",
                "listener=bills id=p-17 attempt=5");
    }

    @Test
    void deadLetteredTriggerIsAnErrorWithCause() {
        listener.deadLettered(TRIGGER, CAUSE);
        assertLogged(
                Level.ERROR,
                "bills: p-17 can never be applied and was sent to the dead-letter topic:"
                        + " java.lang.IllegalStateException: no way [31m",
                "listener=bills id=p-17 cause=java.lang.IllegalStateException: no way [31m");
    }

    @Test
    void idIsEscapedAsInEndpointPath() {
        listener.deadLettered(new Trigger("bills", "a/ü {x}", OptionalLong.empty(), Instant.EPOCH), CAUSE);
        assertLogged(
                Level.ERROR,
                "bills: a%2F%C3%BC%20%7Bx%7D can never be applied and was sent to the dead-letter topic:"
                        + " java.lang.IllegalStateException: no way [31m",
                "listener=bills id=a%2F%C3%BC%20%7Bx%7D cause=java.lang.IllegalStateException: no way [31m");
    }

    @Test
    void invalidMessageIsAnErrorWithItsPosition() {
        listener.deadLettered(new Work.DeadLetter("bills-0@7", "the value is JSON", () -> {}));
        assertLogged(
                Level.ERROR,
                "bills: bills-0@7 is not a trigger and was sent to the dead-letter topic: the value is JSON",
                "listener=bills id=bills-0@7 cause=the value is JSON");
    }

    @Test
    void splitBatchesAndStaleAnswersAreLoggedAtDebug() {
        listener.split(8, CAUSE);
        assertLogged(
                Level.DEBUG,
                "bills: 8 ids failed together and are tried again in smaller batches:"
                        + " java.lang.IllegalStateException: no way [31m",
                "listener=bills cause=java.lang.IllegalStateException: no way [31m");
        lines.list.clear();
        listener.stale(TRIGGER, OptionalLong.of(8));
        assertLogged(
                Level.DEBUG,
                "bills: p-17 was answered with version 8, but its trigger has version 9; it is queried again.",
                "listener=bills id=p-17");
    }

    @Test
    void nearlyUsedRetryCapacityLogsWhatToDo() {
        listener.nearCapacity(5_000);
        assertLogged(
                Level.WARN,
                "bills: Most of the capacity for 5000 failing ids is used. Until fewer fail, failing ids are deferred"
                        + " immediately. Find out why they fail, or raise max-waiting.",
                "listener=bills");
    }

    @Test
    void readingPausesAreLoggedOncePerMinute() {
        listener.full(10_000);
        listener.full(10_000);
        now += Duration.ofSeconds(59).toNanos();
        listener.full(10_000);
        String text =
                "bills: 10000 are pending. Reading pauses until half of them are done, now and whenever this limit"
                        + " is reached again.";
        assertLogged(Level.WARN, text, "listener=bills");
        lines.list.clear();

        now += Duration.ofSeconds(1).toNanos();
        listener.full(10_000);
        assertLogged(Level.WARN, text, "listener=bills");
    }

    @Test
    void nearlyUsedRetryCapacityIsLoggedOncePerMinute() {
        listener.nearCapacity(5_000);
        listener.nearCapacity(5_000);
        assertThat(lines.list).hasSize(1);
        now += Duration.ofMinutes(1).toNanos();
        listener.nearCapacity(5_000);
        assertThat(lines.list).hasSize(2);
    }

    @Test
    void longCauseIsTruncated() {
        assertThat(OneLine.of("x".repeat(10_000))).hasSize(501).endsWith("…");
    }

    @Test
    void failingIdWarnsAtFailures1248() {
        for (int failures = 1; failures <= 10; failures++) {
            listener.failed(
                    new Work.Refresh(TRIGGER, RetryHistory.NONE), failures, Duration.ZERO, new IllegalStateException());
        }
        assertThat(warnings()).hasSize(4);
    }

    @Test
    void deferredIdWarnsOnceAndNotPerRetry() {
        for (int round = 0; round < 5; round++) {
            listener.failed(new Work.Refresh(TRIGGER, RetryHistory.NONE), 100 + round, Duration.ZERO, CAUSE);
            listener.deferred(TRIGGER, 100 + round);
        }
        assertThat(warnings()).hasSize(1);
        listener.applied(new Work.Refresh(TRIGGER, RetryHistory.NONE), 105);
        listener.deferred(TRIGGER, 1);
        assertThat(warnings()).as("again after a success").hasSize(2);
    }

    @Test
    void linesAboutSingleIdsAreLimitedPerMinute() {
        for (int i = 0; i < 1_000; i++) {
            fail("id-" + i);
            listener.deadLettered(trigger("dead-" + i), CAUSE);
        }
        assertThat(warnings()).hasSize(60);
        assertThat(lines.list)
                .filteredOn(line -> line.getLevel() == Level.ERROR)
                .hasSize(60);
        now += Duration.ofMinutes(1).toNanos();
        fail("id-1000");
        assertThat(warnings())
                .hasSize(62)
                .contains(
                        "bills: 940 more lines about failing ids were omitted before this one; the meters count all of"
                                + " them.");
    }

    private void fail(String id) {
        listener.failed(new Work.Refresh(trigger(id), RetryHistory.NONE), 1, Duration.ofSeconds(1), CAUSE);
    }

    private static Trigger trigger(String id) {
        return new Trigger("bills", id, OptionalLong.empty(), Instant.EPOCH);
    }

    private List<String> warnings() {
        return lines.list.stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void suspensionAndItsEndAreOneLineEach() {
        listener.suspended(20, new IllegalStateException("401"));
        listener.resumed(Duration.ofSeconds(30));
        assertThat(lines.list)
                .filteredOn(line -> line.getLevel() != Level.DEBUG)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "bills: Every id fails, 20 different ids in a row: the listener is suspended and probes with"
                                + " one id at a time, at least once a second. Last failure:"
                                + " java.lang.IllegalStateException: 401",
                        "bills: An id succeeded; the listener resumes after 30000 ms.");
    }
}
