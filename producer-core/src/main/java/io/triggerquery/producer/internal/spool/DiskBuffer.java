package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.handoff.TriggerBuffer;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.spool.SpoolChange.Put;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps triggers on this machine's disk.
 *
 * <p>With intents a trigger is on disk before the commit of its transaction, and is sent after the end of the
 * transaction. If the process dies in between, the trigger is sent after the next start; this is harmless if nothing
 * was committed.
 *
 * <p>Threads: any; they wait for the disk. Bounds: the settings' write timeout, which grows with the number of ids.
 * Failure: without room or without a disk, {@link #keep} rejects and {@link #prepare} throws {@link SpoolException}; of
 * a list all or none is kept. If the disk does not answer in time, the trigger is kept in memory and its write stays
 * pending.
 */
public final class DiskBuffer implements TriggerBuffer {

    private static final Logger log = LoggerFactory.getLogger(DiskBuffer.class);

    private final DiskQueue queue;
    private final Runnable wakeUp;

    /**
     * Creates a buffer on this queue.
     *
     * @param wakeUp called after entries were added; it must not block
     */
    public DiskBuffer(DiskQueue queue, Runnable wakeUp) {
        this.queue = queue;
        this.wakeUp = wakeUp;
    }

    @Override
    public Receipt keep(List<OutgoingTrigger> triggers) {
        return keep(triggers, true);
    }

    @Override
    public Receipt acceptInDoubt(List<OutgoingTrigger> triggers) {
        return keep(triggers, false);
    }

    private Receipt keep(List<OutgoingTrigger> triggers, boolean committed) {
        if (!queue.hasRoomFor(triggers)) {
            return new Receipt.Rejected(queue.reportFull());
        }
        List<Put> puts = queue.puts(triggers, committed ? 0 : 1);
        CompletableFuture<Void> written = queue.write(puts);
        try {
            boolean inTime = await(written, triggers.size());
            release(puts, committed);
            if (!inTime) {
                queue.onlyInMemory(puts, written);
                written.whenComplete((done, failure) -> reportLate(failure));
            }
            return inTime ? new Receipt.OnDisk() : new Receipt.InMemory();
        } catch (SpoolException e) {
            return new Receipt.Rejected(e.reason());
        }
    }

    @Override
    public Prepared prepare(List<OutgoingTrigger> triggers) {
        if (!queue.settings().intent() || triggers.isEmpty()) {
            return TriggerBuffer.super.prepare(triggers);
        }
        if (!queue.hasRoomFor(triggers)) {
            throw new SpoolException(queue.reportFull());
        }
        List<Put> puts = queue.puts(triggers, 1);
        CompletableFuture<Void> written = queue.write(puts);
        if (!await(written, triggers.size())) {
            // the write may still succeed; only what was written is cancelled
            written.thenRun(() -> cancel(puts));
            throw new SpoolException("the disk did not accept " + triggers.size() + " triggers within "
                    + queue.settings().writeTimeout(triggers.size()).toMillis() + " ms: check the disk, or raise "
                    + SpoolSettings.PROPERTIES + "write-timeout");
        }
        return committed -> settle(triggers, committed);
    }

    /**
     * Settles triggers whose transaction has ended, as far as is known. Uses a new generation: a send before the end
     * does not cover the commit.
     */
    private void settle(List<OutgoingTrigger> triggers, boolean committed) {
        List<Put> puts = queue.puts(triggers, committed ? -1 : 0);
        if (committed) {
            queue.write(puts);
        }
        release(puts, committed);
    }

    /**
     * Cancels triggers whose transaction is rolled back. Ids that waited before or were published in between are sent
     * once more than needed.
     */
    private void cancel(List<Put> puts) {
        Map<Boolean, List<Put>> partitioned = puts.stream().collect(Collectors.partitioningBy(queue::isWaiting));
        queue.cancel(partitioned.getOrDefault(false, List.of()));
        settle(
                partitioned.getOrDefault(true, List.of()).stream()
                        .map(Put::trigger)
                        .toList(),
                true);
    }

    private void release(List<Put> puts, boolean committed) {
        if (committed) {
            queue.release(puts, Duration.ZERO);
        } else {
            queue.releaseInDoubt(puts, IN_DOUBT_DELAY);
        }
        wakeUp.run();
    }

    /** Returns whether the write ended in time; throws if it was rejected. */
    private boolean await(CompletableFuture<Void> written, int ids) {
        try {
            written.get(queue.settings().writeTimeout(ids).toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SpoolException rejected
                    ? rejected
                    : new SpoolException("the write to the spool failed: " + e.getCause(), e);
        }
    }

    private static void reportLate(@Nullable Throwable failure) {
        if (failure != null) {
            log.error(
                    "Triggers are only in memory: the disk rejected them after the write timeout: {}",
                    failure.toString());
        }
    }
}
