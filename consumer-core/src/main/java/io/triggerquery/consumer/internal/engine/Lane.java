package io.triggerquery.consumer.internal.engine;

/**
 * The lanes of the work queue; the lane of an item determines its priority and its share of the workers. Earlier lanes
 * are served first.
 */
enum Lane {
    /** Items for which a caller waits. */
    URGENT,
    /** Items with a new trigger. */
    LIVE,
    /** Items whose last round failed, alone or as part of a batch. */
    ISOLATED,
    /** Items that can wait: requested by a resync, or deferred before they were queried. */
    RESYNC,
    /** Items whose triggers are sent to the retry topic. */
    DEFER,
    /** Items that are sent to the dead-letter topic. */
    DEAD_LETTER;

    /**
     * The maximum number of items in a {@link #DEFER} round: their records fit into one request to the broker, and no
     * more of them are repeated if one is not acknowledged.
     */
    static final int MAX_DEFERRED_PER_ROUND = 500;

    private final WorkState.Ready ready = new WorkState.Ready(this);

    /** Returns the state of an item in this lane. */
    WorkState.Ready ready() {
        return ready;
    }

    /** Returns whether rounds of this lane query the source. */
    boolean queriesSource() {
        return this != DEFER && this != DEAD_LETTER;
    }

    /**
     * Returns the number of items in a round of this lane, for the count of rounds that could begin.
     *
     * @param ids the maximum number of ids in a query
     */
    int batchSize(int ids) {
        return switch (this) {
            case URGENT, LIVE, RESYNC -> ids;
            case ISOLATED, DEAD_LETTER -> 1;
            case DEFER -> MAX_DEFERRED_PER_ROUND;
        };
    }

    /** Returns the maximum number of concurrent rounds of this lane, so that the others always find a worker. */
    int maxRounds(int concurrency) {
        return switch (this) {
            case LIVE -> concurrency;
            case URGENT, ISOLATED -> Math.max(1, concurrency / 2);
            case RESYNC, DEFER, DEAD_LETTER -> Math.max(1, concurrency / 4);
        };
    }
}
