package io.triggerquery.producer.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.handoff.TriggerBuffer;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskQueueTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger wakeUps = new AtomicInteger();
    private final RecordingListener listener = new RecordingListener();
    private int maxEntries = 100;
    private long maxBytes = 1 << 20;
    private Duration writeTimeout = Duration.ofSeconds(20);
    private boolean intent;
    private DiskQueue queue;
    private DiskBuffer buffer;

    @TempDir
    Path directory;

    private Application application = Application.UNNAMED;

    @BeforeEach
    void open() {
        SpoolSettings settings =
                new SpoolSettings(directory, maxEntries, maxBytes, writeTimeout, intent, Duration.ofSeconds(30));
        queue = new DiskQueue(settings, application, listener, nanos::get, InstantSource.fixed(NOW));
        buffer = new DiskBuffer(queue, wakeUps::incrementAndGet);
    }

    @AfterEach
    void close() {
        queue.close();
    }

    private void restart() {
        close();
        open();
    }

    private static List<OutgoingTrigger> bills(String... ids) {
        return List.of(ids).stream().map(id -> OutgoingTrigger.of("bills", id)).toList();
    }

    private List<Claimed> claim() {
        return queue.claim("bills", 100, LEASE);
    }

    private List<String> claimIds() {
        return claim().stream().map(one -> one.trigger().id()).toList();
    }

    @Test
    void keptTriggersSurviveRestart() {
        OutgoingTrigger versioned = new OutgoingTrigger("bills", "p-1", 7L);
        assertThat(buffer.keep(List.of(versioned))).isEqualTo(new Receipt.OnDisk());
        assertThat(wakeUps).hasValue(1);
        restart();
        assertThat(queue.list(10)).containsExactly(new WaitingTrigger(versioned, NOW, 0, null));
        assertThat(claim()).extracting(Claimed::trigger).containsExactly(versioned);
    }

    @Test
    void publishingWithoutVersionRemovesVersionOnDiskToo() {
        buffer.keep(List.of(new OutgoingTrigger("bills", "p-1", 9L)));
        buffer.keep(bills("p-1"));
        assertThat(queue.list(10))
                .extracting(WaitingTrigger::trigger)
                .containsExactly(OutgoingTrigger.of("bills", "p-1"));
        restart();
        assertThat(claim()).extracting(Claimed::trigger).containsExactly(OutgoingTrigger.of("bills", "p-1"));
    }

    @Test
    void sentTriggersAreDeletedFromDisk() {
        buffer.keep(bills("p-1", "p-2"));
        queue.done(claim().subList(0, 1));
        restart();
        assertThat(claimIds()).containsExactly("p-2");
    }

    @Test
    void triggerPublishedAgainDuringItsSendStaysOnDisk() {
        buffer.keep(bills("p-1"));
        List<Claimed> sent = claim();
        buffer.keep(bills("p-1"));
        queue.done(sent);
        restart();
        assertThat(claimIds()).containsExactly("p-1");
    }

    @Test
    void generationsContinueAfterRestart() {
        buffer.keep(bills("p-1"));
        long before = claim().get(0).generation();
        restart();
        buffer.keep(bills("p-1"));
        assertThat(claim().get(0).generation()).isGreaterThan(before);
    }

    @Test
    void parkedTriggersStayParkedUntilUnparked() {
        buffer.keep(bills("p-1"));
        queue.park(claim(), "too large");
        restart();
        assertThat(queue.list(10)).extracting(WaitingTrigger::parked).containsExactly("too large");
        assertThat(claim()).isEmpty();
        assertThat(queue.unpark("bills", null)).isEqualTo(1);
        restart();
        assertThat(claimIds()).containsExactly("p-1");
    }

    @Test
    void inDoubtTriggersStayParkedToo() {
        intent = true;
        restart();
        buffer.prepare(bills("p-1")).ended(false);
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        queue.park(claim(), "too large");
        restart();
        assertThat(queue.backlog().parked()).isEqualTo(1);
    }

    @Test
    void fullQueueRejectsNewIdsAndReportsItOnce() {
        maxEntries = 2;
        restart();
        buffer.keep(bills("p-1", "p-2"));
        assertThat(buffer.keep(bills("p-3")))
                .isInstanceOfSatisfying(
                        Receipt.Rejected.class,
                        rejected -> assertThat(rejected.reason())
                                .contains("2 triggers wait", "triggerquery.producer.disk-queue.max-entries"));
        assertThat(buffer.keep(bills("p-1"))).isEqualTo(new Receipt.OnDisk());
        buffer.keep(bills("p-4"));
        assertThat(listener.reported).containsExactly("full");
        queue.done(claim());
        assertThat(buffer.keep(bills("p-3"))).isEqualTo(new Receipt.OnDisk());
        assertThat(listener.reported).containsExactly("full", "recovered");
    }

    @Test
    void fullFileRejectsTriggersAndStillDeletesSentOnes() {
        maxEntries = 100_000;
        maxBytes = 64 * 1024;
        restart();
        int kept = 0;
        Receipt receipt = new Receipt.OnDisk();
        while (receipt instanceof Receipt.OnDisk) {
            receipt = buffer.keep(bills("payment-%0200d".formatted(kept++)));
        }
        assertThat(receipt)
                .isInstanceOfSatisfying(
                        Receipt.Rejected.class,
                        rejected -> assertThat(rejected.reason())
                                .contains(directory.toString(), "triggerquery.producer.disk-queue.max-size"));
        assertThat(listener.reported).containsExactly("full");
        assertThat(queue.bytes()).isLessThan(maxBytes + (10 << 20));
        queue.done(queue.claim("bills", kept, LEASE));
        assertThat(buffer.keep(bills("p-1"))).isEqualTo(new Receipt.OnDisk());
        assertThat(listener.reported).containsExactly("full", "recovered");
        restart();
        assertThat(claimIds()).containsExactly("p-1");
    }

    @Test
    void slowDiskWritesTriggerLaterFromMemory() throws SQLException {
        writeTimeout = Duration.ofMillis(1);
        restart();
        try (Connection other = Sqlite.connect(directory.resolve("triggers.db"))) {
            Sqlite.execute(other, "begin immediate");
            assertThat(buffer.keep(bills("p-1"))).isEqualTo(new Receipt.InMemory());
            assertThat(claimIds()).containsExactly("p-1");
            Sqlite.execute(other, "rollback");
        }
        restart();
        assertThat(claimIds()).containsExactly("p-1");
    }

    @Test
    void intentIsOnDiskBeforeCommitAndDueAfterTransaction() {
        intent = true;
        restart();
        TriggerBuffer.Prepared ended = buffer.prepare(bills("p-1"));
        assertThat(claim()).isEmpty();
        ended.ended(true);
        List<Claimed> sent = claim();
        assertThat(sent).hasSize(1);
        queue.done(sent);
        restart();
        assertThat(queue.backlog().pending()).isZero();
    }

    @Test
    void inDoubtTriggersWaitThirtySeconds() {
        intent = true;
        restart();
        buffer.prepare(bills("p-1")).ended(false);
        buffer.acceptInDoubt(bills("p-2"));
        nanos.addAndGet(Duration.ofSeconds(29).toNanos());
        assertThat(claim()).isEmpty();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(claim()).hasSize(2);
    }

    @Test
    void inDoubtTriggersWaitThirtySecondsAfterRestart() {
        buffer.acceptInDoubt(bills("kept"));
        intent = true;
        restart();
        buffer.prepare(bills("prepared")).ended(false);
        restart();
        nanos.addAndGet(Duration.ofSeconds(29).toNanos());
        assertThat(claim()).isEmpty();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        List<Claimed> sent = claim();
        assertThat(sent).hasSize(2);
        queue.done(sent);
        restart();
        assertThat(queue.backlog().pending()).isZero();
    }

    @Test
    void inDoubtTriggerWaitsAfterEachRestartEvenIfPublishedAgain() {
        intent = true;
        restart();
        buffer.prepare(bills("p-1"));
        restart();
        buffer.prepare(bills("p-1")).ended(true);
        restart();
        nanos.addAndGet(Duration.ofSeconds(29).toNanos());
        assertThat(claim()).isEmpty();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        queue.done(claim());
        restart();
        assertThat(queue.backlog().pending()).isZero();
    }

    @Test
    void inDoubtTriggerIsDeletedFromDiskAfterItsDelayedSend() {
        buffer.keep(bills("p-1"));
        List<Claimed> tooEarly = claim();
        buffer.acceptInDoubt(bills("p-1"));
        queue.done(tooEarly);
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        List<Claimed> sent = claim();
        assertThat(sent).hasSize(1);
        queue.done(sent);
        restart();
        assertThat(queue.backlog().pending()).isZero();
    }

    @Test
    void intentOfInterruptedTransactionIsDueAfterDelayFromStart() {
        intent = true;
        restart();
        buffer.prepare(bills("p-1"));
        restart();
        nanos.addAndGet(Duration.ofSeconds(29).toNanos());
        assertThat(claim()).isEmpty();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        List<Claimed> sent = claim();
        assertThat(sent).hasSize(1);
        queue.done(sent);
        restart();
        assertThat(queue.backlog().pending()).isZero();
    }

    @Test
    void sendBeforeCommitDoesNotSettleIntent() {
        intent = true;
        restart();
        buffer.prepare(bills("p-1"));
        // the trigger of another transaction, sent before the first one commits
        buffer.keep(bills("p-1"));
        queue.done(claim());
        restart();
        assertThat(queue.backlog().pending()).isEqualTo(1);
    }

    @Test
    void triggerInFlightWhenTransactionEndsIsSentAgain() {
        intent = true;
        restart();
        TriggerBuffer.Prepared ended = buffer.prepare(bills("p-1"));
        buffer.keep(bills("p-1"));
        List<Claimed> tooEarly = claim();
        ended.ended(true);
        queue.done(tooEarly);
        assertThat(claimIds()).containsExactly("p-1");
    }

    @Test
    void intentThatCannotBeWrittenPreventsCommit() {
        intent = true;
        maxEntries = 1;
        restart();
        buffer.keep(bills("p-1"));
        assertThatThrownBy(() -> buffer.prepare(bills("p-2")))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("max-entries");
    }

    @Test
    void timedOutIntentIsNotSentButEarlierTriggersAre() throws SQLException {
        intent = true;
        restart();
        buffer.keep(bills("before"));
        writeTimeout = Duration.ofMillis(1);
        restart();
        try (Connection other = Sqlite.connect(directory.resolve("triggers.db"))) {
            Sqlite.execute(other, "begin immediate");
            assertThatThrownBy(() -> buffer.prepare(bills("before", "rolled-back", "again")))
                    .isInstanceOf(SpoolException.class)
                    .hasMessageContaining("did not accept 3 triggers within 1 ms")
                    .hasMessageContaining("write-timeout");
            buffer.keep(bills("again"));
            Sqlite.execute(other, "rollback");
        }
        awaitTheDisk();

        assertThat(claimIds()).containsExactly("before", "again");
        restart();
        assertThat(claimIds()).containsExactlyInAnyOrder("before", "again");
    }

    /** Waits twice, because changes that arrive during the first write are submitted after it. */
    private void awaitTheDisk() {
        for (int n = 0; n < 2; n++) {
            queue.write(List.of()).join();
        }
    }

    @Test
    void writeTimeoutGrowsWithNumberOfIds() {
        writeTimeout = Duration.ofSeconds(2);
        restart();
        assertThat(queue.settings().writeTimeout(1)).isEqualTo(Duration.ofNanos(2_000_200_000));
        assertThat(queue.settings().writeTimeout(100_000)).isEqualTo(Duration.ofSeconds(22));
    }

    @Test
    void checkOfSoundFileReportsCountsAndNoProblems() {
        buffer.keep(bills("p-1", "p-2", "p-3"));
        queue.park(claim().subList(0, 1), "too large");
        buffer.keep(bills("p-4"));
        assertThat(queue.check()).isEqualTo(new SpoolCheck(List.of(), 3, 1));
    }

    @Test
    void directoryWithTriggersOfAnotherApplicationIsRefused() {
        application = new Application("billing");
        restart();
        buffer.keep(bills("p-1"));

        application = new Application("ordering");
        assertThatThrownBy(this::restart)
                .isInstanceOf(SpoolException.class)
                .hasMessageContainingAll(
                        "1 triggers of the application \"billing\" wait in ", "but this application is \"ordering\"");

        application = new Application("billing");
        restart();
        queue.done(claim());
        application = new Application("ordering");
        restart();
        assertThat(queue.backlog().pending()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0\0\0\0\0\0\0\0", "\n"})
    void blankApplicationNameIsRewritten(String blank) throws IOException {
        application = new Application("billing");
        restart();
        buffer.keep(bills("p-1"));
        close();
        Path name = directory.resolve("application.txt");
        Files.writeString(name, blank);

        open();

        assertThat(claimIds()).containsExactly("p-1");
        assertThat(name).hasContent("billing");
    }

    @Test
    void secondContextOfSameProcessIsRefusedWithReason() {
        assertThatThrownBy(this::open)
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("is in use by another application context of this process: close that one first");
    }

    @Test
    void stoppedQueueRejectsTriggers() {
        queue.close();
        assertThat(buffer.keep(bills("p-1"))).isEqualTo(new Receipt.Rejected("the process is stopping"));
    }
}
