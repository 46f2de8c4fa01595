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
 * <p>With intents a trigger is on disk before the commit of its transaction. It is sent after the transaction's end; if
 * the process dies in between, it is sent after the next start, which is harmless where nothing was committed.
 *
 * <p>Threads: any; they wait for the disk. Bounds: the settings' write timeout, which grows with the number of ids. Failure: without room, or without a disk,
 * {@link #keep} rejects and {@link #prepare} throws {@link SpoolException}; of a list, all is kept or nothing. A disk that
 * does not answer in time has the trigger in its queue, and memory has it too.
 */
public final class DiskBuffer implements TriggerBuffer {

    private static final Logger log = LoggerFactory.getLogger(DiskBuffer.class);

    private final DiskQueue queue;
    private final Runnable wakeUp;

    /**
     * Keeps in this queue.
     *
     * @param wakeUp called when something was added; it must not block
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
            return new Receipt.Rejected(queue.full());
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
            throw new SpoolException(queue.full());
        }
        List<Put> puts = queue.puts(triggers, 1);
        CompletableFuture<Void> written = queue.write(puts);
        if (!await(written, triggers.size())) {
            // the write may still come; what was not written must not be taken back
            written.thenRun(() -> cancel(puts));
            throw new SpoolException("the disk did not take " + triggers.size() + " triggers within "
                    + queue.settings().writeTimeout(triggers.size()).toMillis() + " ms: see the disk, or raise "
                    + SpoolSettings.PROPERTIES + "write-timeout");
        }
        return committed -> settle(triggers, committed);
    }

    /**
     * Their transaction has ended, as far as is known. A new generation, because what was sent meanwhile was sent too early
     * for it.
     */
    private void settle(List<OutgoingTrigger> triggers, boolean committed) {
        List<Put> puts = queue.puts(triggers, committed ? -1 : 0);
        if (committed) {
            queue.write(puts);
        }
        release(puts, committed);
    }

    /** Their transaction is rolled back. What waited before, or was published meanwhile, is sent once too often. */
    private void cancel(List<Put> puts) {
        Map<Boolean, List<Put>> byWaiting = puts.stream().collect(Collectors.partitioningBy(queue::isWaiting));
        queue.cancel(byWaiting.getOrDefault(false, List.of()));
        settle(
                byWaiting.getOrDefault(true, List.of()).stream()
                        .map(Put::trigger)
                        .toList(),
                true);
    }

    private void release(List<Put> puts, boolean committed) {
        if (committed) {
            queue.release(puts, Duration.ZERO);
        } else {
            queue.releaseUnsure(puts, UNSURE);
        }
        wakeUp.run();
    }

    /** Returns whether the write was done in time; throws if it was rejected. */
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
                    : new SpoolException("the spool failed: " + e.getCause(), e);
        }
    }

    private static void reportLate(@Nullable Throwable failure) {
        if (failure != null) {
            log.error("Triggers are in memory only, the disk has refused them late: {}", failure.toString());
        }
    }
}
