package io.triggerquery.consumer.internal.engine;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Withholds absences when a source reports too many different ids in a row as absent: a wrong address answers 404 for
 * every id, and so does a source that came up with an empty database. They stay held until the source answers with a
 * state again, or until an operator confirms that they are right.
 *
 * <p>Threads: any. Bounds: a counter.
 */
final class AbsenceLimit {

    private static final int CONFIRMED = Integer.MIN_VALUE;

    private final int max;
    private final AtomicInteger inARow = new AtomicInteger();

    /**
     * Creates the limit.
     *
     * @param max how many absences in a row are projected; 0 for any number
     */
    AbsenceLimit(int max) {
        this.max = max;
    }

    /** The source has answered with a state. */
    void found() {
        if (inARow.get() != 0) {
            inARow.set(0);
        }
    }

    /** The source has said of another id that it is absent. */
    void absent() {
        if (max > 0) {
            inARow.updateAndGet(count -> count < 0 ? count : Math.min(count + 1, max + 1));
        }
    }

    /** Whether absences are held back. */
    boolean exceeded() {
        return max > 0 && inARow.get() > max;
    }

    /** How many absences in a row are projected. */
    int max() {
        return max;
    }

    /** Lets absences pass until the source answers with a state. Returns whether any were held back. */
    boolean confirm() {
        return inARow.getAndSet(CONFIRMED) > max;
    }
}
