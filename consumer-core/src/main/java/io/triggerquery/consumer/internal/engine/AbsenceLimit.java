package io.triggerquery.consumer.internal.engine;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Withholds absences when a source reports too many different ids in a row as absent: a wrong address answers 404 for
 * every id, and so does a source that came up with an empty database. They are withheld until the source answers with a
 * state again, or until an operator confirms them.
 *
 * <p>Threads: any. Bounds: a counter.
 */
final class AbsenceLimit {

    private static final int CONFIRMED = Integer.MIN_VALUE;

    private final int max;
    private final AtomicInteger consecutive = new AtomicInteger();

    /**
     * Creates the limit.
     *
     * @param max the maximum number of consecutive absences that are projected; 0 for no limit
     */
    AbsenceLimit(int max) {
        this.max = max;
    }

    /** Records that the source has answered with a state. */
    void found() {
        if (consecutive.get() != 0) {
            consecutive.set(0);
        }
    }

    /** Records that the source has reported another id as absent. */
    void absent() {
        if (max > 0) {
            consecutive.updateAndGet(count -> count < 0 ? count : Math.min(count + 1, max + 1));
        }
    }

    /** Returns whether absences are withheld. */
    boolean exceeded() {
        return max > 0 && consecutive.get() > max;
    }

    /** Returns the maximum number of consecutive absences that are projected. */
    int max() {
        return max;
    }

    /** Permits absences until the source answers with a state. Returns whether any were withheld. */
    boolean confirm() {
        return consecutive.getAndSet(CONFIRMED) > max;
    }
}
