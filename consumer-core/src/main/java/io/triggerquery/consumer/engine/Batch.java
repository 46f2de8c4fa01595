package io.triggerquery.consumer.engine;

import io.triggerquery.consumer.Trigger;
import java.util.List;
import java.util.OptionalLong;

/** What one round is to do. */
sealed interface Batch {

    /** The lane that its items came from. */
    Lane lane();

    /** The items, in the order in which {@link Round#run} reports on them. */
    List<WorkItem> items();

    /**
     * Query the states of ids and project them.
     *
     * @param asks what to ask for, an entry for each item
     */
    record Refresh(Lane lane, List<WorkItem> items, List<Ask> asks) implements Batch {}

    /**
     * Park one trigger.
     *
     * @param past what it has been through
     */
    record Park(WorkItem item, Trigger trigger, Past past) implements Batch {

        @Override
        public Lane lane() {
            return Lane.PARK;
        }

        @Override
        public List<WorkItem> items() {
            return List.of(item);
        }
    }

    /**
     * Send one trigger to the dead-letter topic.
     *
     * @param cause why
     */
    record BuryTrigger(WorkItem item, Trigger trigger, Throwable cause) implements Batch {

        @Override
        public Lane lane() {
            return Lane.BURY;
        }

        @Override
        public List<WorkItem> items() {
            return List.of(item);
        }
    }

    /** Send one message that is no trigger to the dead-letter topic. */
    record BuryMessage(WorkItem item, Work.Bury work) implements Batch {

        @Override
        public Lane lane() {
            return Lane.BURY;
        }

        @Override
        public List<WorkItem> items() {
            return List.of(item);
        }
    }

    /**
     * One id of a refresh.
     *
     * @param trigger what its deliveries ask for together
     * @param unanswered for how many rounds in a row the source has had no answer for it
     * @param believeAbsence whether an absence has been said for long enough
     * @param versioned whether each message says a version
     */
    record Ask(Trigger trigger, int unanswered, boolean believeAbsence, boolean versioned) {

        /**
         * The version of an absence that has none: just below the trigger's. Nothing older may come back; a state of the
         * trigger's own version may, since the source may not have known it yet. Empty if one of the messages has no
         * version, because it may be of a later deletion.
         */
        OptionalLong absentVersion() {
            long wanted = trigger.version().orElse(0);
            return versioned && wanted > 0 ? OptionalLong.of(wanted - 1) : OptionalLong.empty();
        }
    }
}
