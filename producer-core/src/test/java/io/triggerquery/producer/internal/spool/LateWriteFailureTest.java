package io.triggerquery.producer.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A disk that answers after the write timeout, and possibly with a failure. */
class LateWriteFailureTest {

    private static final Duration LEASE = Duration.ofSeconds(30);

    private final List<CompletableFuture<Void>> writes = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private boolean answersAtOnce;
    private final SpoolListener listener = new SpoolListener() {
        @Override
        public void lost(List<WaitingTrigger> triggers) {
            triggers.forEach(one -> lost.add(one.trigger().id()));
        }
    };
    private final DiskQueue queue = new DiskQueue(
            new SpoolSettings(Path.of("none"), 10, 1 << 20, Duration.ofMillis(1), false, Duration.ofSeconds(30)),
            new Storage(),
            listener,
            () -> 0,
            () -> Instant.EPOCH);
    private final DiskBuffer buffer = new DiskBuffer(queue, () -> {});

    @Test
    void stopReportsTriggersThatAreOnlyInMemory() {
        keep("refused");
        keep("not answered");
        keep("written");
        refuse(0);
        writes.get(2).complete(null);

        queue.close();

        assertThat(lost).containsExactly("refused", "not answered");
        queue.close();
        assertThat(lost).hasSize(2);
    }

    @Test
    void stopReportsParkedTriggersToo() {
        keep("parked");
        refuse(0);
        queue.park(queue.claim("bills", 10, LEASE), "invalid");

        queue.close();

        assertThat(lost).containsExactly("parked");
    }

    @Test
    void sentTriggerIsNotReported() {
        keep("sent");
        refuse(0);
        queue.done(queue.claim("bills", 10, LEASE));

        queue.close();

        assertThat(lost).isEmpty();
    }

    @Test
    void queueIsAllOnDiskOnceUnwrittenTriggersAreSent() {
        keep("again");
        refuse(0);
        List<Claimed> sent = queue.claim("bills", 10, LEASE);
        keep("again");
        queue.done(sent);
        assertThat(queue.isAllOnDisk()).isFalse();

        queue.done(queue.claim("bills", 10, LEASE));
        assertThat(queue.isAllOnDisk()).isTrue();
    }

    @Test
    void triggerWrittenByLaterPublishIsNotReported() {
        keep("again");
        refuse(0);
        answersAtOnce = true;
        assertThat(buffer.keep(List.of(OutgoingTrigger.of("bills", "again")))).isEqualTo(new Receipt.OnDisk());

        queue.close();

        assertThat(lost).isEmpty();
    }

    @Test
    void triggerWhoseLaterPublishWasNotWrittenIsReported() {
        keep("again");
        keep("again");
        writes.get(0).complete(null);
        refuse(1);

        queue.close();

        // the earlier publish is on disk, but it may have been sent already
        assertThat(lost).containsExactly("again");
    }

    private void keep(String id) {
        assertThat(buffer.keep(List.of(OutgoingTrigger.of("bills", id)))).isEqualTo(new Receipt.InMemory());
    }

    private void refuse(int write) {
        writes.get(write).completeExceptionally(new SpoolException("no room"));
    }

    /** Completes its writes when the test does. */
    private final class Storage implements SpoolStorage {

        @Override
        public List<SpoolRow> loaded() {
            return List.of();
        }

        @Override
        public CompletableFuture<Void> submit(List<SpoolChange> changes) {
            CompletableFuture<Void> write = new CompletableFuture<>();
            writes.add(write);
            if (answersAtOnce) {
                write.complete(null);
            }
            return write;
        }

        @Override
        public void retryNow() {}

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public SpoolCheck check() {
            return new SpoolCheck(List.of(), 0, 0);
        }

        @Override
        public void close() {}
    }
}
