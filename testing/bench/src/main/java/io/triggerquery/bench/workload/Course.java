package io.triggerquery.bench.workload;

import java.time.Duration;

/**
 * What is sent while there is trouble: ids that are all there at once, and live ones beside them if there are any.
 *
 * @param ids how many at once
 * @param livePerSecond how many a second beside them
 * @param latency of the source
 * @param length of the trouble
 */
record Course(int ids, int livePerSecond, Duration latency, Duration length) {

    /** Ids 1 to this are applied before. */
    static final int WARM_UP = 1_000;

    /** Nothing but ids that are there at once, at the usual latency. */
    static Course of(int ids, Duration length) {
        return new Course(ids, 0, Workloads.LATENCY, length);
    }

    /** The first of those that are there at once. */
    int first() {
        return WARM_UP + 1;
    }

    /** The last of those that are there at once. */
    int last() {
        return WARM_UP + ids;
    }

    /** The last of all. */
    int end() {
        return last() + live();
    }

    boolean isLive() {
        return livePerSecond > 0;
    }

    /** How many live ones. */
    int live() {
        return Math.toIntExact(livePerSecond * length.toMillis() / 1_000);
    }

    /**
     * Lets a peer note times to fresh of the live ones.
     *
     * @param beginNanos when they begin
     */
    PeerSetup timed(PeerSetup setup, long beginNanos) {
        return setup.with("openLoopStartNanos", startNanos(beginNanos))
                .with("openLoopIntervalNanos", intervalNanos())
                .with("openLoopFirst", last() + 1);
    }

    /**
     * Sends the live ones.
     *
     * @param beginNanos when they begin
     */
    Pacer pacer(Sender sender, long beginNanos) {
        return new Pacer(sender, last() + 1, end(), startNanos(beginNanos), intervalNanos());
    }

    // when id number 0 would have been sent
    private long startNanos(long beginNanos) {
        return beginNanos - last() * intervalNanos();
    }

    private long intervalNanos() {
        return Duration.ofSeconds(1).toNanos() / livePerSecond;
    }

    /** The same, as long as the pace says. */
    Course at(Pace pace) {
        long millis = length.toMillis()
                * pace.openLoop().toMillis()
                / Pace.FULL.openLoop().toMillis();
        return new Course(ids, livePerSecond, latency, Duration.ofMillis(millis));
    }
}
