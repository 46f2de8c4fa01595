package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The states of a {@link WorkItem}. */
sealed interface WorkState {

    /** The item waits for a free worker. */
    record Ready(Lane lane) implements WorkState {}

    /**
     * A round runs for the item. Deliveries that arrive meanwhile wait for the next round, since this one may have read
     * an older state.
     *
     * @param taken the deliveries that this round settles
     * @param trigger their merged trigger, or null for a message that is no trigger
     * @param context the newest of their contexts, or null
     * @param round what the round does
     */
    record Running(
            List<OpenDelivery> taken,
            @Nullable Trigger trigger,
            @Nullable Object context,
            RoundProgress round) implements WorkState {

        /** Returns the state of a running item. */
        static Running of(WorkItem item) {
            return (Running) item.state();
        }
    }

    /**
     * The item waits for a time.
     *
     * @param until that time, on the engine's clock
     * @param scheduled the action that makes it ready
     */
    record Waiting(Reason reason, long until, ScheduledAction scheduled) implements WorkState {}

    /** The reasons why an item waits. */
    enum Reason {
        /** Its triggers are younger than the settle delay. */
        SETTLE_DELAY,
        /** Its last round failed. */
        BACK_OFF,
        /** The answer was older than the trigger. */
        STALE,
        /** The source reported the id as absent, but not yet for the grace period. */
        ABSENT,
        /** An operator has paused the id, and its trigger is from the retry topic. */
        PAUSED;

        /**
         * Returns whether the last round did not apply the item. A new trigger ends such a wait, since the state may
         * have changed.
         */
        boolean isRetry() {
            return this != SETTLE_DELAY;
        }
    }
}
