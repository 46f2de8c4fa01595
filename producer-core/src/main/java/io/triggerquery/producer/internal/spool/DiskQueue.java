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
import java.nio.file.Files;
import java.nio.file.Path;
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
 * A store on disk that is served from memory: what a {@link DiskBuffer} adds is on disk first, and everything on disk
 * is in memory too.
 *
 * <p>Threads: any. Bounds: the settings' entries, and one more for each thread that publishes at the limit. Failure: a
 * deletion that does not reach the disk costs a duplicate after the next start. Killed at any moment, or without power,
 * it loses nothing that was on disk.
 */
public final class DiskQueue implements TriggerStore, AutoCloseable {

    /** Below this part of the bound a full queue counts as having room again. */
    private static final double ROOM_AGAIN = 0.9;

    private final SpoolSettings settings;
    private final InstantSource clock;
    private final TriggerQueue queue;
    private final OngoingFailure crowd;
    private final SpoolStorage spool;
    private final AtomicLong generations = new AtomicLong();
    private final InDoubtTransactions unsure = new InDoubtTransactions();
    private final OnlyInMemory onlyInMemory = new OnlyInMemory();

    /**
     * Opens the directory and loads what waits there. Throws a {@link SpoolException} if it can't be used; damaged data is
     * put into quarantine instead.
     *
     * @param application whose directory it is; what another one has left in it is not taken
     * @param nanoTime what pauses and ages are measured by
     * @param clock what a new entry has as the time of its first publishing
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
        this.crowd = new OngoingFailure(listener);
        this.spool = spool;
        for (SpoolRow row : spool.loaded()) {
            generations.accumulateAndGet(row.generation(), Math::max);
            if (row.intents() > 0) {
                unsure.add(row.key(), row.intents(), row.generation());
            }
            queue.restore(
                    new WaitingTrigger(row.trigger(), row.since(), 0, row.parked()),
                    row.generation(),
                    row.intents() > 0 ? settings.intentDelay() : Duration.ZERO);
        }
    }

    /**
     * How many triggers wait in a directory, which another process may be using; opens and changes nothing. Those in a
     * damaged file count as one.
     */
    public static long waitingIn(Path directory) {
        Path database = new SpoolDirectory(directory).database();
        if (!Files.exists(database)) {
            return 0;
        }
        SpoolCheck check = Spool.check(database);
        return check.problems().isEmpty() ? check.waiting() + check.parked() : 1;
    }

    SpoolSettings settings() {
        return settings;
    }

    boolean hasRoomFor(List<OutgoingTrigger> triggers) {
        Backlog backlog = queue.backlog();
        if (backlog.pending() + backlog.parked() < settings.maxEntries() * ROOM_AGAIN) {
            crowd.ended();
        }
        return queue.hasRoomFor(triggers);
    }

    /** Says why there is no room. */
    String full() {
        String reason =
                settings.maxEntries() + " triggers wait, which is the most: see why Kafka does not take them, or"
                        + " raise " + SpoolSettings.PROPERTIES + "max-entries";
        crowd.full(reason);
        return reason;
    }

    List<Put> puts(List<OutgoingTrigger> triggers, int intents) {
        return triggers.stream()
                .map(trigger -> new Put(trigger, generations.incrementAndGet(), clock.instant(), intents))
                .toList();
    }

    /** Whether the relay knows of it, or of an earlier publishing of the same id. */
    boolean isWaiting(Put put) {
        return queue.contains(put.key());
    }

    /** Takes back what was written for a transaction that does not commit. */
    void cancel(List<Put> puts) {
        submit(puts, put -> new Cancel(put.key()));
    }

    CompletableFuture<Void> write(List<Put> puts) {
        CompletableFuture<Void> written = spool.submit(List.copyOf(puts));
        CompletableFuture<Void> unused = written.thenRun(() -> onlyInMemory.written(puts));
        return written;
    }

    /** The disk was too slow for these, and may still refuse them. */
    void onlyInMemory(List<Put> puts, CompletableFuture<Void> written) {
        onlyInMemory.add(puts, written);
    }

    /** Whether the disk has taken all that it was too slow for, or Kafka has. */
    boolean isAllOnDisk() {
        return onlyInMemory.isEmpty();
    }

    /** Lets the relay have them once their transactions, whose end was not seen, cannot commit any more. */
    void releaseUnsure(List<Put> puts, Duration delay) {
        puts.forEach(put -> unsure.add(put.key(), 1, put.generation()));
        release(puts, delay);
    }

    /** Lets the relay have them, after a while. */
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
        submit(sent, one -> new Forget(one.trigger().key(), one.generation(), unsure.over(one)));
    }

    @Override
    public void release(List<Claimed> untried) {
        queue.release(untried);
    }

    @Override
    public void putOff(List<Claimed> failed, Duration pause) {
        queue.putOff(failed, pause);
    }

    @Override
    public void park(List<Claimed> refused, String reason) {
        queue.park(refused, reason);
        submit(refused, one -> new Park(one.trigger().key(), one.generation(), reason));
    }

    @Override
    public Map<String, Long> strays(Set<String> known) {
        return queue.strays(known);
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
        spool.hurry();
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

    private <T> void submit(List<T> what, Function<T, SpoolChange> change) {
        if (!what.isEmpty()) {
            spool.submit(what.stream().map(change).toList());
        }
    }

    /** How much room the spool takes on the disk now, in bytes. */
    public long bytes() {
        return spool.bytes();
    }

    /** Checks the file, which may take seconds. */
    public SpoolCheck check() {
        return spool.check();
    }

    /**
     * Writes what is under way and releases the directory; to be called after the relay has stopped. Tells of what the disk has
     * not taken and Kafka neither.
     */
    @Override
    public void close() {
        spool.close();
        crowd.lost(queue.list(Integer.MAX_VALUE).stream()
                .filter(waiting -> onlyInMemory.remove(waiting.trigger().key()))
                .toList());
    }
}
