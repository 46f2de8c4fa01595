package io.triggerquery.bench.workload;

/** What a run measures. */
public enum Figure {
    RATE("triggers/s", Better.HIGHER),
    CPU("CPU ms per trigger", Better.LOWER),
    QUERIES("queries per trigger", Better.LOWER),
    /**
     * Triggers whose offset is not committed after the peer was told to stop, those that were never read among them.
     */
    LAG("committed lag at the end", Better.LOWER),

    /** How long the same ids took when none was stuck. */
    ALONE("s for all without a stuck id", Better.LOWER),
    /** How long the others took while one was stuck. */
    OTHERS("s for the others beside one", Better.LOWER),
    /** The second by the first. */
    SLOWER("times as long", Better.LOWER),
    APPLIED_BESIDE("others applied after 20 s", Better.HIGHER),
    LAG_BESIDE("committed lag after 20 s", Better.LOWER),
    /** Calls that were answered with an error in those 20 s. */
    NEEDLESS("failed calls in 20 s", Better.LOWER),
    HEALED("s to applied once it heals", Better.LOWER),
    /** States that were asked for though they had been told before the kill. */
    AGAIN("asked again after kill -9", Better.LOWER),

    WASTED("calls in 10 s of outage", Better.LOWER),
    FIRST("s to the first applied after it", Better.LOWER),
    DRAINED("s to all applied after it", Better.LOWER),

    /** From when they were sent, while the trouble lasts. */
    DONE("s to all applied", Better.LOWER),
    LIVE("live applied in the trouble", Better.HIGHER),
    IN_TROUBLE("calls in the trouble", Better.LOWER),
    /** From the beginning of the trouble until all are applied or are no longer waited for. */
    CALLS("calls in all", Better.LOWER),
    /** Ids that were not applied as long as they were waited for. */
    NEVER("never applied", Better.LOWER),
    /** Records in the retry topic of ours. */
    RETRIES("retry records", Better.LOWER),
    LOG_LINES("log lines", Better.LOWER),
    LOG_SIZE("log KB", Better.LOWER),
    CPU_IN_TROUBLE("CPU s in the trouble", Better.LOWER),

    P50("time to fresh, p50 ms", Better.LOWER),
    P99("p99 ms", Better.LOWER),
    P999("p99.9 ms", Better.LOWER),
    SLOWEST("slowest ms", Better.LOWER),

    HEAP("live heap after GC, MB", Better.LOWER);

    /** Which of two values is the good one. */
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

    /** What a table calls it, with its unit. */
    public String title() {
        return title;
    }

    /** Whether more is better. */
    public boolean higherIsBetter() {
        return better == Better.HIGHER;
    }
}
