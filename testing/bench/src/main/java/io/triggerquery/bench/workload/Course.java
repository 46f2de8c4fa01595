package io.triggerquery.bench.workload;

import java.time.Duration;

/**
 * The triggers that are sent during a fault: a backlog, and optionally live triggers at the same time.
 *
 * @param ids the number of ids in the backlog
 * @param livePerSecond the number of live triggers per second
 * @param latency the latency of the source
 * @param length the duration of the fault
 */
record Course(int ids, int livePerSecond, Duration latency, Duration length) {

    /** The ids from 1 to this number are applied before the fault. */
    static final int WARM_UP = 1_000;

    /** Creates a course with a backlog only, at the usual latency. */
    static Course of(int ids, Duration length) {
        return new Course(ids, 0, Workloads.LATENCY, length);
    }

    /** Returns the first number of the backlog. */
    int first() {
        return WARM_UP + 1;
    }

    /** Returns the last number of the backlog. */
    int last() {
        return WARM_UP + ids;
    }

    /** Returns the last number of all. */
    int end() {
        return last() + live();
    }

    boolean isLive() {
        return livePerSecond > 0;
    }

    /** Returns the number of live triggers. */
    int live() {
        return Math.toIntExact(livePerSecond * length.toMillis() / 1_000);
    }

    /**
     * Lets a peer measure times to fresh of the live triggers.
     *
     * @param beginNanos the time of the first one
     */
    PeerSetup timed(PeerSetup setup, long beginNanos) {
        return setup.with("openLoopStartNanos", startNanos(beginNanos))
                .with("openLoopIntervalNanos", intervalNanos())
                .with("openLoopFirst", last() + 1);
    }

    /**
     * Sends the live triggers.
     *
     * @param beginNanos the time of the first one
     */
    Pacer pacer(Sender sender, long beginNanos) {
        return new Pacer(sender, last() + 1, end(), startNanos(beginNanos), intervalNanos());
    }

    // the time at which id number 0 would have been sent
    private long startNanos(long beginNanos) {
        return beginNanos - last() * intervalNanos();
    }

    private long intervalNanos() {
        return Duration.ofSeconds(1).toNanos() / livePerSecond;
    }

    /** Returns this course with the duration of the pace. */
    Course at(Pace pace) {
        long millis = length.toMillis()
                * pace.openLoop().toMillis()
                / Pace.FULL.openLoop().toMillis();
        return new Course(ids, livePerSecond, latency, Duration.ofMillis(millis));
    }
}
