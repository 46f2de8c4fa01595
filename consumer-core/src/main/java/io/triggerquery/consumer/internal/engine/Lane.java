package io.triggerquery.consumer.internal.engine;

/**
 * The lanes of the work queue; the lane of an item determines its priority and its share of the workers. Earlier lanes
 * go first.
 */
enum Lane {
    /** A trigger has arrived. */
    LIVE,
    /** Something was wrong in its last round. */
    ISOLATED,
    /** It can wait: it is to be compared with the source, or was deferred untried. */
    RESYNC,
    /** Its trigger goes to the retry topic. */
    DEFER,
    /** It goes to the dead-letter topic. */
    DEAD_LETTER;

    /** Their records fit into one request to the broker, and one that is not acknowledged repeats no more. */
    static final int DEFERRED_AT_ONCE = 500;

    private final WorkState.Ready ready = new WorkState.Ready(this);

    /** The state of an item that stands in it. */
    WorkState.Ready ready() {
        return ready;
    }

    boolean asksTheSource() {
        return this != DEFER && this != DEAD_LETTER;
    }

    /**
     * How many items of this lane a round takes, for the count of rounds that could begin.
     *
     * @param ids for how many ids the source may be asked at once
     */
    int together(int ids) {
        return switch (this) {
            case LIVE, RESYNC -> ids;
            case ISOLATED, DEAD_LETTER -> 1;
            case DEFER -> DEFERRED_AT_ONCE;
        };
    }

    /** How many rounds of this lane may run at once, so that the others always find a worker. */
    int share(int concurrency) {
        return switch (this) {
            case LIVE -> concurrency;
            case ISOLATED -> Math.max(1, concurrency / 2);
            case RESYNC, DEFER, DEAD_LETTER -> Math.max(1, concurrency / 4);
        };
    }
}
