package io.triggerquery.consumer.engine;

/**
 * How many rounds may ask a source that has just come back: one, and twice as many after each answer, up to all. The
 * slow start of TCP (RFC 5681), which keeps a herd from felling what has barely risen.
 *
 * <p>Threads: guarded by the engine's lock.
 */
final class SlowStart {

    private final int full;
    private int limit;

    SlowStart(int full) {
        this.full = full;
        this.limit = full;
    }

    int limit() {
        return limit;
    }

    void restart() {
        limit = 1;
    }

    void grow() {
        limit = (int) Math.min(full, limit * 2L);
    }
}
