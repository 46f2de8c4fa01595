package io.triggerquery.consumer.internal.engine;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a round while it runs, and afterwards by the {@link Journal}.
 *
 * <p>Threads: written by the threads that run the round, one at a time; the number of items under the engine's lock.
 * The step may be read by any thread.
 */
final class RoundProgress {

    private final long beganAt;
    private volatile IdState.Step step;
    private int items;
    private long endedAt;
    private @Nullable String traceId;

    RoundProgress(IdState.Step first, long beganAt) {
        this.step = first;
        this.beganAt = beganAt;
    }

    /** Records that an item was taken for this round. */
    void taken() {
        items++;
    }

    /** Records that the answer is projected now. */
    void projecting() {
        step = IdState.Step.PROJECTION;
    }

    void tracedBy(@Nullable String trace) {
        traceId = trace;
    }

    void ended(long now) {
        endedAt = now;
    }

    long beganAt() {
        return beganAt;
    }

    long endedAt() {
        return endedAt;
    }

    IdState.Step step() {
        return step;
    }

    int items() {
        return items;
    }

    @Nullable
    String traceId() {
        return traceId;
    }
}
