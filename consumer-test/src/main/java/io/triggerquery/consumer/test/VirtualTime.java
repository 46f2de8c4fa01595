package io.triggerquery.consumer.test;

import io.triggerquery.consumer.internal.engine.Timer;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/** A clock and a timer whose time advances only on request. In nanoseconds, from 0. */
final class VirtualTime implements Timer, LongSupplier {

    private final PriorityQueue<Action> actions =
            new PriorityQueue<>(Comparator.comparingLong(Action::at).thenComparingLong(Action::order));
    private long now;
    private long order;

    private record Action(long at, long order, Runnable action) {}

    @Override
    public Cancellation schedule(Duration delay, Runnable action) {
        var scheduled = new Action(now + delay.toNanos(), order++, action);
        actions.add(scheduled);
        return () -> actions.remove(scheduled);
    }

    /**
     * Advances to the next action and runs it, or to the given time if none is due until then. Returns whether one ran.
     */
    boolean runNext(long until) {
        Action next = actions.peek();
        if (next == null || next.at() > until) {
            now = Math.max(now, until);
            return false;
        }
        actions.remove();
        now = Math.max(now, next.at());
        next.action().run();
        return true;
    }

    /** Removes all actions, as a crash of the process does. */
    void clear() {
        actions.clear();
    }

    @Override
    public long getAsLong() {
        return now;
    }
}
