package io.triggerquery.producer.internal.queue;

import io.triggerquery.producer.internal.relay.Backlog;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.relay.TriggerStore;
import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory with one entry for each destination and id.
 *
 * <p>Each publication increases the entry's generation. A consumer may query after a send and before a newer change
 * commits, so an entry that was published again since its claim is sent again. Publishing does not shorten a pause, but
 * it unparks the entry: what was refused before may be accepted now.
 *
 * <p>Threads: any. Bounds: the given number of entries; every call takes logarithmic time, except those of an operator
 * and {@link #countUnconfigured}. Failure: none; the entries are lost when the process ends.
 */
public final class TriggerQueue implements TriggerStore {

    private static final int MAX_UNCONFIGURED = 10;
    private static final Duration MAX_AGE = Duration.ofDays(36_500);

    private final int maxEntries;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final Map<Key, QueueEntry> entries = new HashMap<>();
    private final QueueOrder order = new QueueOrder();
    private long rows;
    private long generations;
    private boolean closed;

    /**
     * Creates an empty queue.
     *
     * @param maxEntries the highest number of different ids, including parked ones
     * @param nanoTime the time by which pauses and ages are measured, in nanoseconds
     * @param clock the time that an entry shows as that of its first publication
     */
    public TriggerQueue(int maxEntries, LongSupplier nanoTime, InstantSource clock) {
        this.maxEntries = maxEntries;
        this.nanoTime = nanoTime;
        this.clock = clock;
    }

    /**
     * Adds a trigger, or merges it into the entry of the same id.
     *
     * @param delay how long the entry is not due, also if it waits already
     * @return the generation, or -1 if the queue is full or closed
     */
    public synchronized long add(OutgoingTrigger trigger, Duration delay) {
        if (!hasRoomFor(List.of(trigger))) {
            return -1;
        }
        put(new WaitingTrigger(trigger, clock.instant(), 0, null), ++generations, delay);
        return generations;
    }

    /** Returns whether all of these can be added within the bound. */
    public synchronized boolean hasRoomFor(List<OutgoingTrigger> triggers) {
        long added = triggers.stream()
                .filter(trigger -> !entries.containsKey(trigger.key()))
                .count();
        return !closed && entries.size() + added <= maxEntries;
    }

    /** Returns whether there is an entry of this id. */
    public synchronized boolean contains(Key key) {
        return entries.containsKey(key);
    }

    /**
     * Adds an entry that is also kept elsewhere, and is therefore never rejected. Merges it into an entry of the same
     * id, as {@link #add} does.
     *
     * @param generation counted by the caller, which does not call {@link #add}
     * @param delay how long the entry is not due, also if it waits already
     */
    public synchronized void restore(WaitingTrigger waiting, long generation, Duration delay) {
        QueueEntry entry = put(waiting, generation, delay);
        if (waiting.parked() != null) {
            order.park(entry, waiting.parked());
        }
    }

    private QueueEntry put(WaitingTrigger waiting, long generation, Duration delay) {
        OutgoingTrigger trigger = waiting.trigger();
        QueueEntry entry = entries.get(trigger.key());
        if (entry == null) {
            long now = nanoTime.getAsLong();
            entry = new QueueEntry(++rows, trigger, waiting.since(), now - ageNanos(waiting.since()));
            entry.moveTo(now);
            entries.put(trigger.key(), entry);
            order.add(entry);
        } else if (entry.isParked()) {
            order.release(entry, nanoTime.getAsLong());
        }
        if (!delay.isZero()) {
            entry.delayUntil(nanoTime.getAsLong() + delay.toNanos());
            order.postpone(entry, entry.earliestFrom(nanoTime.getAsLong()));
        }
        entry.renew(Math.max(entry.generation(), generation), trigger.version());
        return entry;
    }

    /** Returns a bounded age: clocks may be centuries off, and a comparison must not overflow. */
    private long ageNanos(Instant since) {
        Duration age = Duration.between(since, clock.instant());
        return age.isNegative() ? 0 : (age.compareTo(MAX_AGE) < 0 ? age : MAX_AGE).toNanos();
    }

    @Override
    public synchronized List<Claimed> claim(String destination, int limit, Duration lease) {
        long now = nanoTime.getAsLong();
        List<QueueEntry> due = order.of(destination).stream()
                .takeWhile(entry -> entry.isDue(now))
                .limit(limit)
                .toList();
        due.forEach(entry -> order.claim(entry, now + lease.toNanos()));
        return due.stream().map(QueueEntry::claimed).toList();
    }

    @Override
    public synchronized void done(List<Claimed> sent) {
        for (Claimed claimed : sent) {
            QueueEntry entry = find(claimed);
            if (entry == null) {
                continue;
            }
            if (entry.generation() == claimed.generation()) {
                remove(entry);
            } else if (!entry.isParked()) {
                addAgain(entry);
            }
        }
    }

    /** Adds an entry again that was published during its send. */
    private void addAgain(QueueEntry sent) {
        remove(sent);
        long now = nanoTime.getAsLong();
        Duration delay = Duration.ofNanos(sent.earliestFrom(now) - now);
        put(new WaitingTrigger(sent.trigger(), clock.instant(), 0, null), sent.generation(), delay);
    }

    @Override
    public synchronized void release(List<Claimed> untried) {
        pending(untried).forEach(entry -> order.endClaim(entry, nanoTime.getAsLong()));
    }

    @Override
    public synchronized void postpone(List<Claimed> failed, Duration pause) {
        for (QueueEntry entry : pending(failed)) {
            entry.failed();
            order.endClaim(entry, nanoTime.getAsLong() + pause.toNanos());
        }
    }

    @Override
    public synchronized void park(List<Claimed> refused, String reason) {
        for (Claimed claimed : refused) {
            QueueEntry entry = find(claimed);
            if (entry == null || entry.isParked()) {
                continue;
            }
            entry.failed();
            if (entry.generation() == claimed.generation()) {
                order.park(entry, reason);
            } else {
                order.endClaim(entry, nanoTime.getAsLong());
            }
        }
    }

    @Override
    public synchronized Map<String, Long> countUnconfigured(Set<String> known) {
        Map<String, Long> counts = new HashMap<>();
        for (Key key : entries.keySet()) {
            if (!known.contains(key.destination())
                    && (counts.size() < MAX_UNCONFIGURED || counts.containsKey(key.destination()))) {
                counts.merge(key.destination(), 1L, Long::sum);
            }
        }
        return counts;
    }

    @Override
    public synchronized Backlog backlog() {
        long oldest = order.pending().isEmpty() ? 0 : order.pending().first().ageNanos(nanoTime.getAsLong());
        return new Backlog(
                order.pending().size(),
                Duration.ofNanos(Math.max(0, oldest)),
                order.parked().size());
    }

    @Override
    public synchronized List<WaitingTrigger> list(int limit) {
        return Stream.concat(order.parked().stream(), order.pending().stream())
                .limit(limit)
                .map(QueueEntry::shown)
                .toList();
    }

    @Override
    public synchronized int retry(String destination, @Nullable String id) {
        long now = nanoTime.getAsLong();
        List<QueueEntry> delayed = selected(destination, id)
                .filter(entry -> !entry.isParked() && !entry.isDue(now) && entry.earliestFrom(now) == now)
                .toList();
        delayed.forEach(entry -> order.postpone(entry, now));
        return delayed.size();
    }

    @Override
    public synchronized int unpark(String destination, @Nullable String id) {
        List<QueueEntry> unparked =
                selected(destination, id).filter(QueueEntry::isParked).toList();
        unparked.forEach(entry -> order.release(entry, nanoTime.getAsLong()));
        return unparked.size();
    }

    /**
     * Removes and returns entries that have waited for {@code age}, except parked and claimed ones: the latter may just
     * be arriving. An entry that may not be sent yet delays the removal of those behind it.
     */
    public synchronized List<WaitingTrigger> removeOlderThan(Duration age) {
        long now = nanoTime.getAsLong();
        List<QueueEntry> old = order.pending().stream()
                .takeWhile(entry -> entry.ageNanos(now) >= age.toNanos())
                .filter(entry -> !entry.isClaimed(now))
                .toList();
        old.forEach(this::remove);
        return old.stream().map(QueueEntry::shown).toList();
    }

    /** Rejects triggers from now on, and returns the remaining entries, which stay in the queue. */
    synchronized List<WaitingTrigger> close() {
        closed = true;
        return list(Integer.MAX_VALUE);
    }

    /** Accepts triggers again. */
    synchronized void open() {
        closed = false;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    int maxEntries() {
        return maxEntries;
    }

    private Stream<QueueEntry> selected(String destination, @Nullable String id) {
        return id == null
                ? entries.values().stream()
                        .filter(entry -> entry.trigger().destination().equals(destination))
                : Stream.ofNullable(entries.get(new Key(destination, id)));
    }

    /** Returns the claimed entries that are still in the queue and not parked. */
    private List<QueueEntry> pending(List<Claimed> claimed) {
        return claimed.stream()
                .flatMap(one -> Stream.ofNullable(find(one)))
                .filter(entry -> !entry.isParked())
                .toList();
    }

    /**
     * Returns the claimed entry; null if it was removed. An id that was published again after that has another entry.
     */
    private @Nullable QueueEntry find(Claimed claimed) {
        QueueEntry entry = entries.get(claimed.trigger().key());
        return entry != null && entry.row() == claimed.row() ? entry : null;
    }

    private void remove(QueueEntry entry) {
        entries.remove(entry.trigger().key());
        order.remove(entry);
    }
}
