package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.queue.TriggerQueue;
import io.triggerquery.producer.internal.relay.Backlog;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.relay.TriggerStore;
import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.spool.SpoolChange.Cancel;
import io.triggerquery.producer.internal.spool.SpoolChange.Forget;
import io.triggerquery.producer.internal.spool.SpoolChange.Park;
import io.triggerquery.producer.internal.spool.SpoolChange.Put;
import io.triggerquery.producer.internal.spool.SpoolChange.Unpark;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A store on disk that is read from memory: a {@link DiskBuffer} adds entries to the disk first, and everything on disk
 * is in memory too.
 *
 * <p>Threads: any. Bounds: the settings' entries, and one more for each thread that publishes at the limit. Failure: a
 * deletion that does not reach the disk causes a duplicate after the next start. A kill or a power failure loses
 * nothing that was on disk.
 */
public final class DiskQueue implements TriggerStore, AutoCloseable {

    /** A full queue has room again below this part of its bound. */
    private static final double ROOM_AGAIN = 0.9;

    private final SpoolSettings settings;
    private final InstantSource clock;
    private final TriggerQueue queue;
    private final OngoingFailure fullQueue;
    private final SpoolStorage spool;
    private final AtomicLong generations = new AtomicLong();
    private final InDoubtTransactions inDoubt = new InDoubtTransactions();
    private final OnlyInMemory onlyInMemory = new OnlyInMemory();

    /**
     * Opens the directory and loads its entries. Throws a {@link SpoolException} if the directory cannot be used;
     * damaged data is moved to quarantine instead.
     *
     * @param application the owner of the directory; entries of another application are not loaded
     * @param nanoTime the time by which pauses and ages are measured, in nanoseconds
     * @param clock the time of a new entry's first publication
     */
    public DiskQueue(
            SpoolSettings settings,
            Application application,
            SpoolListener listener,
            LongSupplier nanoTime,
            InstantSource clock) {
        this(
                settings,
                Spool.open(settings, application, new OngoingFailure(listener), nanoTime),
                listener,
                nanoTime,
                clock);
    }

    DiskQueue(
            SpoolSettings settings,
            SpoolStorage spool,
            SpoolListener listener,
            LongSupplier nanoTime,
            InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.queue = new TriggerQueue(settings.maxEntries(), nanoTime, clock);
        this.fullQueue = new OngoingFailure(listener);
        this.spool = spool;
        for (SpoolRow row : spool.loaded()) {
            generations.accumulateAndGet(row.generation(), Math::max);
            if (row.intents() > 0) {
                inDoubt.add(row.key(), row.intents(), row.generation());
            }
            queue.restore(row.waiting(), row.generation(), row.intents() > 0 ? settings.intentDelay() : Duration.ZERO);
        }
    }

    SpoolSettings settings() {
        return settings;
    }

    boolean hasRoomFor(List<OutgoingTrigger> triggers) {
        Backlog backlog = queue.backlog();
        if (backlog.pending() + backlog.parked() < settings.maxEntries() * ROOM_AGAIN) {
            fullQueue.ended();
        }
        return queue.hasRoomFor(triggers);
    }

    /** Reports that there is no room, and returns the reason. */
    String reportFull() {
        String reason =
                settings.maxEntries() + " triggers wait, which is the limit: find out why Kafka does not accept them,"
                        + " or raise " + SpoolSettings.PROPERTIES + "max-entries";
        fullQueue.full(reason);
        return reason;
    }

    List<Put> puts(List<OutgoingTrigger> triggers, int intents) {
        return triggers.stream()
                .map(trigger -> new Put(trigger, generations.incrementAndGet(), clock.instant(), intents))
                .toList();
    }

    /** Returns whether the relay has an entry of this id, from this or an earlier publication. */
    boolean isWaiting(Put put) {
        return queue.contains(put.key());
    }

    /** Cancels what was written for a transaction that does not commit. */
    void cancel(List<Put> puts) {
        submit(puts, put -> new Cancel(put.key()));
    }

    CompletableFuture<Void> write(List<Put> puts) {
        CompletableFuture<Void> written = spool.submit(List.copyOf(puts));
        CompletableFuture<Void> unused = written.thenRun(() -> onlyInMemory.written(puts));
        return written;
    }

    /** Records triggers whose write has timed out; the disk may still reject them. */
    void onlyInMemory(List<Put> puts, CompletableFuture<Void> written) {
        onlyInMemory.add(puts, written);
    }

    /** Returns whether all triggers whose write had timed out are on disk or sent. */
    boolean isAllOnDisk() {
        return onlyInMemory.isEmpty();
    }

    /** Makes entries due after the delay, when their transactions, whose end was not seen, can no longer commit. */
    void releaseInDoubt(List<Put> puts, Duration delay) {
        puts.forEach(put -> inDoubt.add(put.key(), 1, put.generation()));
        release(puts, delay);
    }

    /** Makes entries due after the delay. */
    void release(Iterable<Put> puts, Duration delay) {
        for (Put put : puts) {
            queue.restore(new WaitingTrigger(put.trigger(), put.since(), 0, null), put.generation(), delay);
        }
    }

    @Override
    public List<Claimed> claim(String destination, int limit, Duration lease) {
        return queue.claim(destination, limit, lease);
    }

    @Override
    public void done(List<Claimed> sent) {
        queue.done(sent);
        sent.forEach(onlyInMemory::sent);
        submit(sent, this::forget);
    }

    @Override
    public void release(List<Claimed> untried) {
        queue.release(untried);
    }

    @Override
    public void postpone(List<Claimed> failed, Duration pause) {
        queue.postpone(failed, pause);
    }

    @Override
    public void park(List<Claimed> refused, String reason) {
        queue.park(refused, reason);
        submit(refused, claimed -> new Park(claimed.trigger().key(), claimed.generation(), reason));
    }

    @Override
    public Map<String, Long> countUnconfigured(Set<String> known) {
        return queue.countUnconfigured(known);
    }

    @Override
    public Backlog backlog() {
        return queue.backlog();
    }

    @Override
    public List<WaitingTrigger> list(int limit) {
        return queue.list(limit);
    }

    @Override
    public int retry(String destination, @Nullable String id) {
        spool.retryNow();
        return queue.retry(destination, id);
    }

    @Override
    public int unpark(String destination, @Nullable String id) {
        List<OutgoingTrigger> parked = queue.list(Integer.MAX_VALUE).stream()
                .filter(waiting -> waiting.parked() != null)
                .map(WaitingTrigger::trigger)
                .filter(trigger -> trigger.destination().equals(destination))
                .filter(trigger -> id == null || trigger.id().equals(id))
                .toList();
        int unparked = queue.unpark(destination, id);
        submit(parked, trigger -> new Unpark(trigger.key()));
        return unparked;
    }

    private SpoolChange forget(Claimed sent) {
        return new Forget(sent.trigger().key(), sent.generation(), inDoubt.removeExpired(sent));
    }

    private <T> void submit(List<T> items, Function<T, SpoolChange> change) {
        if (!items.isEmpty()) {
            spool.submit(items.stream().map(change).toList());
        }
    }

    /** Returns the current size of the spool on disk, in bytes. */
    public long bytes() {
        return spool.bytes();
    }

    /** Checks the file. This may take seconds. */
    public SpoolCheck check() {
        return spool.check();
    }

    /**
     * Completes pending writes and releases the directory; called after the relay has stopped. Reports triggers that
     * are neither on disk nor sent.
     */
    @Override
    public void close() {
        spool.close();
        fullQueue.lost(queue.list(Integer.MAX_VALUE).stream()
                .filter(waiting -> onlyInMemory.remove(waiting.trigger().key()))
                .toList());
    }
}
