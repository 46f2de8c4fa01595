package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import java.util.List;

/** The work of one round. */
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
     * Defer triggers.
     *
     * @param triggers one for each item
     */
    record Defer(List<WorkItem> items, List<FailureSinks.Deferred> triggers) implements Batch {

        @Override
        public Lane lane() {
            return Lane.DEFER;
        }
    }

    /**
     * Send one trigger to the dead-letter topic.
     *
     * @param cause why
     */
    record DeadLetterTrigger(WorkItem item, Trigger trigger, Throwable cause) implements Batch {

        @Override
        public Lane lane() {
            return Lane.DEAD_LETTER;
        }

        @Override
        public List<WorkItem> items() {
            return List.of(item);
        }
    }

    /** Send one message that is no trigger to the dead-letter topic. */
    record DeadLetterMessage(WorkItem item, Work.DeadLetter work) implements Batch {

        @Override
        public Lane lane() {
            return Lane.DEAD_LETTER;
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
     */
    record Ask(Trigger trigger, int unanswered, boolean believeAbsence) {}
}
