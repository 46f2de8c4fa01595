package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The work of one round. */
sealed interface Batch {

    /** Returns the lane that the items were taken from. */
    Lane lane();

    /** Returns the items, in the order of the outcomes that {@link Round#end} returns. */
    List<WorkItem> items();

    /** Returns what its round does. */
    RoundProgress progress();

    /**
     * Queries the states of ids and projects them.
     *
     * @param queries one for each item
     */
    record Refresh(Lane lane, List<WorkItem> items, List<IdQuery> queries, RoundProgress progress) implements Batch {

        /** Returns the {@link Work.Refresh#context()} of an item by its index, or null. */
        @Nullable
        Object context(int index) {
            return queries.get(index).context();
        }
    }

    /**
     * Defers triggers.
     *
     * @param triggers one for each item
     */
    record Defer(List<WorkItem> items, List<FailureSinks.Deferred> triggers, RoundProgress progress) implements Batch {

        @Override
        public Lane lane() {
            return Lane.DEFER;
        }
    }

    /**
     * Sends one trigger to the dead-letter topic.
     *
     * @param cause the permanent failure
     */
    record DeadLetterTrigger(WorkItem item, Trigger trigger, Throwable cause, RoundProgress progress) implements Batch {

        @Override
        public Lane lane() {
            return Lane.DEAD_LETTER;
        }

        @Override
        public List<WorkItem> items() {
            return List.of(item);
        }
    }

    /** Decodes one record again whose decoder has failed. */
    record Decode(WorkItem item, Work.Undecoded work, RoundProgress progress) implements Batch {

        @Override
        public Lane lane() {
            return Lane.ISOLATED;
        }

        @Override
        public List<WorkItem> items() {
            return List.of(item);
        }
    }

    /** Sends one message that is no trigger to the dead-letter topic. */
    record DeadLetterMessage(WorkItem item, Work.DeadLetter work, RoundProgress progress) implements Batch {

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
     * The query for one id.
     *
     * @param trigger the merged trigger of its deliveries
     * @param unanswered the number of consecutive rounds in which the source gave no answer for it
     * @param absenceConfirmed whether the id has been reported as absent for the grace period
     * @param context the {@link Work.Refresh#context()} of its newest delivery that has one, or null
     */
    record IdQuery(
            Trigger trigger,
            int unanswered,
            boolean absenceConfirmed,
            @Nullable Object context) {}
}
