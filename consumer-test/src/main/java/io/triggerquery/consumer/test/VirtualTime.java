package io.triggerquery.consumer.test;

import io.triggerquery.consumer.internal.engine.Timer;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/** A clock and a timer whose time passes only when it is told to. In nanoseconds, from 0. */
final class VirtualTime implements Timer, LongSupplier {

    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparingLong(Alarm::at).thenComparingLong(Alarm::order));
    private long now;
    private long order;

    private record Alarm(long at, long order, Runnable action) {}

    @Override
    public Cancellation schedule(Duration delay, Runnable action) {
        var alarm = new Alarm(now + delay.toNanos(), order++, action);
        alarms.add(alarm);
        return () -> alarms.remove(alarm);
    }

    /** Goes on to the next alarm and rings it, or to the given time if there is none until then. Returns which. */
    boolean ringNext(long until) {
        Alarm next = alarms.peek();
        if (next == null || next.at() > until) {
            now = Math.max(now, until);
            return false;
        }
        alarms.remove();
        now = Math.max(now, next.at());
        next.action().run();
        return true;
    }

    /** Forgets all alarms, as the death of a process does. */
    void forget() {
        alarms.clear();
    }

    @Override
    public long getAsLong() {
        return now;
    }
}
