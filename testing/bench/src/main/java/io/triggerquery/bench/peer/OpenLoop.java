package io.triggerquery.bench.peer;

/**
 * The times at which triggers should be sent, whether or not the sender keeps up: the trigger of id number n at start +
 * n * interval. Time to fresh is measured from these times, so that it includes a stall during which nothing could be
 * sent.
 *
 * @param startNanos nanoseconds of the epoch
 * @param intervalNanos nanoseconds between two triggers
 * @param first the first number that is measured; those before it are the warm-up
 */
record OpenLoop(long startNanos, long intervalNanos, int first) {

    long microsSince(int number, long nowNanos) {
        return Math.max(0, (nowNanos - startNanos - number * intervalNanos) / 1_000);
    }
}
