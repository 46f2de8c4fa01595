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
 * <p>Coalescing counts generations: a trigger that has been handed to Kafka may be queried before a newer change
 * commits, so an entry that was published again since its claim is sent again. Publishing does not shorten a pause, but
 * it does end a parking: what was refused then may be taken by now.
 *
 * <p>Threads: any. Bounds: so many entries as the constructor says; every call takes logarithmic time, but for those of an
 * operator and {@link #strays}. Failure: none; everything is gone with the process.
 */
public final class TriggerQueue implements TriggerStore {

    private static final int MOST_STRAYS = 10;
    private static final Duration LONGEST_AGE = Duration.ofDays(36_500);

    private final int maxEntries;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final Map<Key, QueueEntry> entries = new HashMap<>();
    private final QueueOrder order = new QueueOrder();
    private long rows;
    private long generations;
    private boolean closed;

    /**
     * Makes an empty queue.
     *
     * @param maxEntries how many different ids may wait, parked ones among them
     * @param nanoTime what pauses and ages are measured by
     * @param clock what an entry shows as the time of its first publishing
     */
    public TriggerQueue(int maxEntries, LongSupplier nanoTime, InstantSource clock) {
        this.maxEntries = maxEntries;
        this.nanoTime = nanoTime;
        this.clock = clock;
    }

    /**
     * Adds a trigger, or makes the waiting one of the same id newer.
     *
     * @param delay how long it is not due, also if it waits already
     * @return the generation, or -1 if the queue is full or closed
     */
    public synchronized long add(OutgoingTrigger trigger, Duration delay) {
        if (!hasRoomFor(List.of(trigger))) {
            return -1;
        }
        put(new WaitingTrigger(trigger, clock.instant(), 0, null), ++generations, delay);
        return generations;
    }

    /** Whether adding all of these would keep within the bound. */
    public synchronized boolean hasRoomFor(List<OutgoingTrigger> triggers) {
        long fresh = triggers.stream()
                .filter(trigger -> !entries.containsKey(trigger.key()))
                .count();
        return !closed && entries.size() + fresh <= maxEntries;
    }

    /** Whether an entry of this id waits. */
    public synchronized boolean contains(Key key) {
        return entries.containsKey(key);
    }

    /**
     * Puts an entry here that is kept elsewhere too, and is therefore never rejected. An entry of the same id that waits
     * already becomes newer, as by {@link #add}.
     *
     * @param generation counted by the caller, who does not call {@link #add}
     * @param delay how long it is not due, also if it waits already
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
            entry.notBefore(nanoTime.getAsLong() + delay.toNanos());
            order.postpone(entry, entry.later(nanoTime.getAsLong()));
        }
        entry.renew(Math.max(entry.generation(), generation), trigger.version());
        return entry;
    }

    /** Bounded, because clocks may be centuries off and what is compared must not overflow. */
    private long ageNanos(Instant since) {
        Duration age = Duration.between(since, clock.instant());
        return age.isNegative() ? 0 : (age.compareTo(LONGEST_AGE) < 0 ? age : LONGEST_AGE).toNanos();
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
                waitAgain(entry);
            }
        }
    }

    /** It was published again during its send, and waits since then. */
    private void waitAgain(QueueEntry sent) {
        remove(sent);
        long now = nanoTime.getAsLong();
        Duration delay = Duration.ofNanos(sent.later(now) - now);
        put(new WaitingTrigger(sent.trigger(), clock.instant(), 0, null), sent.generation(), delay);
    }

    @Override
    public synchronized void release(List<Claimed> untried) {
        pending(untried).forEach(entry -> order.comeBack(entry, nanoTime.getAsLong()));
    }

    @Override
    public synchronized void putOff(List<Claimed> failed, Duration pause) {
        for (QueueEntry entry : pending(failed)) {
            entry.failed();
            order.comeBack(entry, nanoTime.getAsLong() + pause.toNanos());
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
                order.comeBack(entry, nanoTime.getAsLong());
            }
        }
    }

    @Override
    public synchronized Map<String, Long> strays(Set<String> known) {
        Map<String, Long> strays = new HashMap<>();
        for (Key key : entries.keySet()) {
            if (!known.contains(key.destination())
                    && (strays.size() < MOST_STRAYS || strays.containsKey(key.destination()))) {
                strays.merge(key.destination(), 1L, Long::sum);
            }
        }
        return strays;
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
        List<QueueEntry> late = selected(destination, id)
                .filter(entry -> !entry.isParked() && !entry.isDue(now) && entry.later(now) == now)
                .toList();
        late.forEach(entry -> order.postpone(entry, now));
        return late.size();
    }

    @Override
    public synchronized int unpark(String destination, @Nullable String id) {
        List<QueueEntry> freed =
                selected(destination, id).filter(QueueEntry::isParked).toList();
        freed.forEach(entry -> order.release(entry, nanoTime.getAsLong()));
        return freed.size();
    }

    /**
     * Removes and returns what has waited for {@code age}, but for parked entries and those that are claimed: they may be
     * arriving just now. An entry that is not to be sent yet keeps those behind it a little longer.
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

    /** Takes nothing more from now on, and returns all that is left; it stays here. */
    synchronized List<WaitingTrigger> close() {
        closed = true;
        return list(Integer.MAX_VALUE);
    }

    /** Takes triggers again. */
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

    /** Those of the claimed entries that are still here and not parked. */
    private List<QueueEntry> pending(List<Claimed> claimed) {
        return claimed.stream()
                .flatMap(one -> Stream.ofNullable(find(one)))
                .filter(entry -> !entry.isParked())
                .toList();
    }

    /** An id may have been sent, forgotten and published again since it was claimed: that is another entry. */
    private @Nullable QueueEntry find(Claimed claimed) {
        QueueEntry entry = entries.get(claimed.trigger().key());
        return entry != null && entry.row() == claimed.row() ? entry : null;
    }

    private void remove(QueueEntry entry) {
        entries.remove(entry.trigger().key());
        order.remove(entry);
    }
}
