package io.triggerquery.consumer.internal.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.triggerquery.consumer.internal.failure.OneLine;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The value of a record in the control topic. */
public sealed interface ControlValue {

    /**
     * The status of a listener in one instance.
     *
     * @param reading whether its container polls, or should poll
     * @param paused whether its container has been asked to pause
     * @param pending the weight of the open deliveries
     * @param ready ids that a worker could take
     * @param running rounds under way
     * @param waiting failing ids in memory
     * @param held whether nothing is queried because the source is unavailable or busy, or the listener is suspended
     * @param suspendedSeconds for how long every id has failed, or null if the listener is not suspended
     * @param longestStuck the id that has been stuck longest, or null if none is
     * @param partitions the first of its partitions
     * @param morePartitions the number of its other partitions
     * @param staleness the numbers of states that it has projected in the last 5 minutes, by the milliseconds that they
     *     were stale at most; empty if an older version has sent it
     * @param workLeft for how many seconds its work lasts, or null if it is unknown
     * @param violations how many violations its consistency monitor knows to persist, or null if it has none
     */
    record Status(
            boolean reading,
            boolean paused,
            long pending,
            int ready,
            int running,
            int waiting,
            boolean held,
            @Nullable Long suspendedSeconds,
            @Nullable Stuck longestStuck,
            List<Partition> partitions,
            int morePartitions,
            Map<Long, Long> staleness,
            @Nullable Double workLeft,
            @Nullable Integer violations)
            implements ControlValue {

        private static final int MAX_PARTITIONS = 200;

        /** Limits the number of partitions, and completes the status of an older version. */
        public Status {
            staleness = staleness == null ? Map.of() : Collections.unmodifiableMap(staleness);
            int left = Math.max(0, partitions.size() - MAX_PARTITIONS);
            partitions = List.copyOf(partitions.subList(0, partitions.size() - left));
            morePartitions += left;
        }
    }

    /** An id that is stuck, for messages. */
    record Stuck(String id, int failures, long seconds) {}

    /**
     * A partition of an instance.
     *
     * @param watermark the first offset that is not settled, or null while nothing was delivered
     * @param open the number of deliveries that are not settled
     */
    @JsonInclude
    record Partition(String partition, @Nullable Long watermark, int open) {}

    /**
     * A pause of a listener or of one id.
     *
     * @param reason why, in the words of the operator, or null
     * @param by the user who requested it
     * @param since when it was requested
     * @param until when it ends by itself, or null if it lasts until it is resumed
     */
    record Pause(
            @Nullable String reason,
            String by,
            Instant since,
            @Nullable Instant until) implements ControlValue {

        /** Shortens the texts to one line. */
        public Pause {
            reason = reason == null || reason.isBlank() ? null : OneLine.of(reason);
            by = OneLine.of(Objects.requireNonNull(by));
            Objects.requireNonNull(since);
        }

        boolean isOver(Instant now) {
            return until != null && !now.isBefore(until);
        }

        /** Returns who requested it, why, and until when, for messages. */
        public String line() {
            return "by " + by + (reason == null ? "" : " (" + reason + ")") + (until == null ? "" : " until " + until);
        }
    }

    /**
     * A command to the instances of a group.
     *
     * @param operation the name of a {@link Operation}
     * @param id the id, the reason of failures, or the number of ids that it concerns, or null
     * @param by the user who requested it
     * @param from the instance that sends it
     */
    record Command(
            String listener, String operation, @Nullable String id, String by, String from) implements ControlValue {

        /** Checks that nothing is missing. */
        public Command {
            Objects.requireNonNull(listener);
            Objects.requireNonNull(operation);
            by = OneLine.of(Objects.requireNonNull(by));
            Objects.requireNonNull(from);
        }
    }

    /**
     * The answer of an instance to a command.
     *
     * @param executed whether it executed the command
     * @param outcome what it did, or why not
     * @param story what it knows of an id, or the stuck ids, as JSON, if that was asked; otherwise null
     */
    record Answer(
            boolean executed, String outcome, @Nullable Map<String, Object> story) implements ControlValue {

        /** Shortens the text to one line. */
        public Answer {
            outcome = OneLine.of(Objects.requireNonNull(outcome));
        }

        /** Creates an answer without a story. */
        public Answer(boolean executed, String outcome) {
            this(executed, outcome, null);
        }
    }
}
