package io.triggerquery.bench.workload;

/** A figure that a run measures. */
public enum Figure {
    RATE("triggers/s", Better.HIGHER),
    CPU("CPU ms per trigger", Better.LOWER),
    /** The CPU time of PostgreSQL's processes. */
    DATABASE_CPU("PostgreSQL's CPU ms per trigger", Better.LOWER),
    QUERIES("queries per trigger", Better.LOWER),
    /**
     * Triggers whose offset is not committed after the peer was requested to stop, including those that were never
     * read.
     */
    LAG("committed lag at the end", Better.LOWER),

    /** The time for the same ids when none is stuck. */
    ALONE("s for all without a stuck id", Better.LOWER),
    /** The time for the other ids while one is stuck. */
    OTHERS("s for the others beside one", Better.LOWER),
    /** {@link #OTHERS} divided by {@link #ALONE}. */
    SLOWER("times as long", Better.LOWER),
    APPLIED_BESIDE("others applied after 20 s", Better.HIGHER),
    LAG_BESIDE("committed lag after 20 s", Better.LOWER),
    /** Calls that were answered with an error in those 20 s. */
    NEEDLESS("failed calls in 20 s", Better.LOWER),
    HEALED("s to applied once it heals", Better.LOWER),
    /** States that were queried after the kill although they had been sent before it. */
    AGAIN("asked again after kill -9", Better.LOWER),

    WASTED("calls in 10 s of outage", Better.LOWER),
    FIRST("s to the first applied after it", Better.LOWER),
    DRAINED("s to all applied after it", Better.LOWER),

    /** Measured from the sending, while the fault lasts. */
    DONE("s to all applied", Better.LOWER),
    LIVE("live applied in the trouble", Better.HIGHER),
    IN_TROUBLE("calls in the trouble", Better.LOWER),
    /** From the beginning of the fault until all ids are applied or the wait for them ends. */
    CALLS("calls in all", Better.LOWER),
    /** Ids that were not applied when the wait for them ended. */
    NEVER("never applied", Better.LOWER),
    /** Records in the framework's retry topic. */
    RETRIES("retry records", Better.LOWER),
    LOG_LINES("log lines", Better.LOWER),
    LOG_SIZE("log KB", Better.LOWER),
    CPU_IN_TROUBLE("CPU s in the trouble", Better.LOWER),

    P50("time to fresh, p50 ms", Better.LOWER),
    P99("p99 ms", Better.LOWER),
    P999("p99.9 ms", Better.LOWER),
    SLOWEST("slowest ms", Better.LOWER),

    HEAP("live heap after GC, MB", Better.LOWER);

    /** Which of two values is better. */
    private enum Better {
        HIGHER,
        LOWER
    }

    private final String title;
    private final Better better;

    Figure(String title, Better better) {
        this.title = title;
        this.better = better;
    }

    /** Returns the title in a table, with the unit. */
    public String title() {
        return title;
    }

    /** Returns whether a higher value is better. */
    public boolean higherIsBetter() {
        return better == Better.HIGHER;
    }
}
