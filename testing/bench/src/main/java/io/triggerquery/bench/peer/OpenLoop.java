package io.triggerquery.bench.peer;

/**
 * When triggers were meant to be sent, whether or not the sender kept up: the trigger of id number n at start + n *
 * interval. Time to fresh counts from there, so that a stall is not left out because nothing could be sent during it.
 *
 * @param startNanos nanoseconds of the epoch
 * @param intervalNanos nanoseconds between two triggers
 * @param first the first number that counts; those before it warm the process up
 */
record OpenLoop(long startNanos, long intervalNanos, int first) {

    long microsSince(int number, long nowNanos) {
        return Math.max(0, (nowNanos - startNanos - number * intervalNanos) / 1_000);
    }
}
