package io.triggerquery.consumer.engine;

import java.util.List;

/** Where a {@link WorkItem} stands. */
sealed interface WorkState {

    /** Waits for a free worker. */
    record Ready() implements WorkState {}

    /**
     * A worker is at it. What arrives meanwhile waits for the next round: this one may have read an older state.
     *
     * @param taken the deliveries that this round settles
     */
    record Running(List<OpenDelivery> taken) implements WorkState {}

    /**
     * Its last round failed.
     *
     * @param alarm makes it ready again
     */
    record BackingOff(Alarm alarm) implements WorkState {}
}
