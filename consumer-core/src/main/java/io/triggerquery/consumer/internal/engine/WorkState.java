package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The states of a {@link WorkItem}. */
sealed interface WorkState {

    /** Waits for a free worker. */
    record Ready(Lane lane) implements WorkState {}

    /**
     * A worker is at it. What arrives meanwhile waits for the next round: this one may have read an older state.
     *
     * @param taken the deliveries that this round settles
     * @param trigger what they ask for together, or null for a message that is no trigger
     * @param context the newest of their contexts, or null
     */
    record Running(
            List<OpenDelivery> taken,
            @Nullable Trigger trigger,
            @Nullable Object context) implements WorkState {

        /** The round that runs for an item. */
        static Running of(WorkItem item) {
            return (Running) item.state();
        }
    }

    /**
     * Its time has not come.
     *
     * @param scheduled makes it ready
     */
    record Waiting(Reason reason, ScheduledAction scheduled) implements WorkState {}

    /** What an item waits for. */
    enum Reason {
        /** Its trigger is too young to be asked for. */
        SETTLE_DELAY,
        /** Its last round failed. */
        BACK_OFF,
        /** The answer was older than the trigger. */
        STALE,
        /** The source says that there is no such id, and may not know better yet. */
        ABSENT;

        /** Whether something went wrong. A new trigger ends such a wait: there may be news. */
        boolean isRetry() {
            return this != SETTLE_DELAY;
        }
    }
}
