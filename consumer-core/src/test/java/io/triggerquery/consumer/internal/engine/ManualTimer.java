package io.triggerquery.consumer.internal.engine;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/** A timer whose time a test advances. */
final class ManualTimer implements Timer, LongSupplier {

    private record Scheduled(long at, long order, Runnable action) {}

    private final PriorityQueue<Scheduled> scheduled =
            new PriorityQueue<>(Comparator.comparingLong(Scheduled::at).thenComparingLong(Scheduled::order));
    private long now;
    private long order;

    @Override
    public Cancellation schedule(Duration delay, Runnable action) {
        var entry = new Scheduled(now + delay.toMillis(), order++, action);
        scheduled.add(entry);
        return () -> scheduled.remove(entry);
    }

    void advance(Duration by) {
        advanceTo(now + by.toMillis());
    }

    /** Milliseconds since the beginning. */
    void advanceTo(long until) {
        while (next() <= until) {
            Scheduled due = scheduled.remove();
            now = Math.max(now, due.at());
            due.action().run();
        }
        now = until;
    }

    /** When the next action is due, in milliseconds since the beginning, or never. */
    long next() {
        return scheduled.isEmpty() ? Long.MAX_VALUE : scheduled.peek().at();
    }

    /** Nanoseconds, for the engine's clock. */
    @Override
    public long getAsLong() {
        return now * 1_000_000;
    }

    int pending() {
        return scheduled.size();
    }
}
