package io.triggerquery.producer.queue;

import io.triggerquery.producer.relay.Backlog;
import io.triggerquery.producer.relay.Claimed;
import io.triggerquery.producer.relay.TriggerStore;
import io.triggerquery.producer.relay.WaitingTrigger;
import io.triggerquery.producer.sending.Trigger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory with one entry for each destination and id: what is published again while it waits is sent once.
 *
 * <p>Coalescing counts generations: a trigger that has been handed to Kafka may be queried before a newer change
 * commits, so an entry that was published again since its claim is sent again.
 *
 * <p>Threads: any. Bounds: so many entries as the constructor says. Failure: none; everything is gone with the process.
 */
public final class TriggerQueue implements TriggerStore {

    private record Key(String destination, String id) {}

    private final int maxEntries;
    private final LongSupplier nanoTime;
    private final Clock clock;
    private final Map<Key, QueueEntry> entries = new HashMap<>();
    private final Map<String, TreeSet<QueueEntry>> byDestination = new HashMap<>();
    private long rows;
    private long generations;

    /** Makes an empty queue. */
    public TriggerQueue(int maxEntries, LongSupplier nanoTime, Clock clock) {
        this.maxEntries = maxEntries;
        this.nanoTime = nanoTime;
        this.clock = clock;
    }

    /**
     * Adds a trigger, or makes the waiting one of the same id newer.
     *
     * @param delay how long a new entry is not due
     * @return the generation, or -1 if the queue is full
     */
    public synchronized long add(Trigger trigger, Duration delay) {
        Key key = new Key(trigger.destination(), trigger.id());
        QueueEntry entry = entries.get(key);
        if (entry == null) {
            if (entries.size() >= maxEntries) {
                return -1;
            }
            long due = nanoTime.getAsLong() + delay.toNanos();
            entry = new QueueEntry(++rows, trigger, clock.instant(), nanoTime.getAsLong(), due);
            entries.put(key, entry);
            queue(trigger.destination()).add(entry);
        }
        entry.renew(++generations, trigger.version());
        return generations;
    }

    @Override
    public synchronized List<Claimed> claim(String destination, int limit, Duration lease) {
        long now = nanoTime.getAsLong();
        List<QueueEntry> due = queue(destination).stream()
                .takeWhile(entry -> entry.isDue(now))
                .limit(limit)
                .toList();
        due.forEach(entry -> moveTo(entry, now + lease.toNanos()));
        return due.stream().map(QueueEntry::claimed).toList();
    }

    @Override
    public synchronized void done(List<Claimed> sent) {
        for (Claimed claimed : sent) {
            QueueEntry entry = find(claimed);
            if (entry != null && entry.generation() == claimed.generation()) {
                remove(entry);
            } else if (entry != null) {
                moveTo(entry, nanoTime.getAsLong());
            }
        }
    }

    @Override
    public synchronized void release(List<Claimed> untried) {
        found(untried).forEach(entry -> moveTo(entry, nanoTime.getAsLong()));
    }

    @Override
    public synchronized void putOff(List<Claimed> failed, Duration pause) {
        found(failed).forEach(entry -> {
            entry.failed();
            moveTo(entry, nanoTime.getAsLong() + pause.toNanos());
        });
    }

    @Override
    public synchronized void park(List<Claimed> refused, String reason) {
        found(refused).forEach(entry -> {
            queue(entry.trigger().destination()).remove(entry);
            entry.park(reason);
        });
    }

    @Override
    public synchronized List<String> strays(Set<String> known) {
        return entries.keySet().stream()
                .map(Key::destination)
                .filter(destination -> !known.contains(destination))
                .distinct()
                .limit(10)
                .toList();
    }

    @Override
    public synchronized Backlog backlog() {
        long parked = entries.values().stream().filter(QueueEntry::isParked).count();
        long oldest = entries.values().stream()
                .filter(entry -> !entry.isParked())
                .mapToLong(entry -> nanoTime.getAsLong() - entry.addedNanos())
                .max()
                .orElse(0);
        return new Backlog(entries.size() - parked, Duration.ofNanos(oldest), parked);
    }

    @Override
    public synchronized List<WaitingTrigger> list(int limit) {
        return entries.values().stream()
                .sorted(Comparator.comparing(QueueEntry::isParked).reversed().thenComparing(QueueEntry::row))
                .limit(limit)
                .map(QueueEntry::shown)
                .toList();
    }

    @Override
    public synchronized int retry(String destination, @Nullable String id) {
        List<QueueEntry> waiting =
                selected(destination, id).filter(entry -> !entry.isParked()).toList();
        waiting.forEach(entry -> moveTo(entry, nanoTime.getAsLong()));
        return waiting.size();
    }

    @Override
    public synchronized int unpark(String destination, @Nullable String id) {
        List<QueueEntry> parked =
                selected(destination, id).filter(QueueEntry::isParked).toList();
        parked.forEach(entry -> {
            entry.unpark();
            moveTo(entry, nanoTime.getAsLong());
        });
        return parked.size();
    }

    /** Removes and returns what has waited longer than {@code age}, parked entries not among it. */
    public synchronized List<WaitingTrigger> removeOlderThan(Duration age) {
        long now = nanoTime.getAsLong();
        List<QueueEntry> old = new ArrayList<>(entries.values());
        old.removeIf(entry -> entry.isParked() || now - entry.addedNanos() < age.toNanos());
        old.forEach(this::remove);
        return old.stream().map(QueueEntry::shown).toList();
    }

    private Stream<QueueEntry> selected(String destination, @Nullable String id) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getKey().destination().equals(destination))
                .filter(entry -> id == null || entry.getKey().id().equals(id))
                .map(Map.Entry::getValue);
    }

    private List<QueueEntry> found(List<Claimed> claimed) {
        List<QueueEntry> found = new ArrayList<>();
        for (Claimed one : claimed) {
            QueueEntry entry = find(one);
            if (entry != null) {
                found.add(entry);
            }
        }
        return found;
    }

    private @Nullable QueueEntry find(Claimed claimed) {
        QueueEntry entry = entries.get(
                new Key(claimed.trigger().destination(), claimed.trigger().id()));
        return entry != null && entry.row() == claimed.row() ? entry : null;
    }

    private void remove(QueueEntry entry) {
        queue(entry.trigger().destination()).remove(entry);
        entries.remove(new Key(entry.trigger().destination(), entry.trigger().id()));
    }

    private void moveTo(QueueEntry entry, long dueNanos) {
        TreeSet<QueueEntry> queue = queue(entry.trigger().destination());
        queue.remove(entry);
        entry.moveTo(dueNanos);
        queue.add(entry);
    }

    private TreeSet<QueueEntry> queue(String destination) {
        return byDestination.computeIfAbsent(destination, name -> new TreeSet<>(QueueEntry.BY_DUE));
    }
}
