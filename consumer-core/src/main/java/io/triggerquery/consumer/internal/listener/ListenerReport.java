package io.triggerquery.consumer.internal.listener;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.triggerquery.consumer.internal.engine.EngineStatus;
import io.triggerquery.consumer.internal.failure.OneLine;
import io.triggerquery.consumer.internal.resync.ResyncStatus;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a listener, for operators.
 *
 * @param id the id of the listener
 * @param topics the topics of its triggers
 * @param retryTopic the topic to which triggers of failing ids are deferred
 * @param source the source that it queries
 * @param container the spring-kafka container
 * @param work the pending work
 * @param resync the status of the resync
 * @param partitions the partitions that are assigned to this process
 * @param stuck the ids that fail, wait for another answer, or whose round takes long; longest first
 */
public record ListenerReport(
        String id,
        List<String> topics,
        String retryTopic,
        Source source,
        Container container,
        Work work,
        ResyncStatus resync,
        List<Partition> partitions,
        List<Stuck> stuck) {

    /**
     * The source that a listener queries.
     *
     * @param circuit the state of the source's circuit breaker, by its name in Resilience4j
     */
    public record Source(String name, String circuit) {}

    /**
     * The container of a listener.
     *
     * @param running whether the container polls
     * @param paused whether an operator has paused it
     */
    public record Container(boolean running, boolean paused) {}

    /**
     * The pending work of a listener.
     *
     * @param pending the weight of the open deliveries; reading pauses at {@code max-pending}
     * @param ready ids that are ready for a worker
     * @param running running rounds
     * @param waiting failing ids that are kept in memory
     * @param held whether no query is sent because the source is unavailable or busy, or the listener is suspended
     * @param full whether reading is paused because {@code max-pending} is reached
     * @param nearCapacity whether most of {@code max-waiting} is used
     * @param suspended how long every id has failed, and why, or null if the listener is not suspended
     */
    public record Work(
            long pending,
            int ready,
            int running,
            int waiting,
            boolean held,
            boolean full,
            boolean nearCapacity,
            @Nullable String suspended) {

        static Work of(EngineStatus status) {
            return new Work(
                    status.pending(),
                    status.ready(),
                    status.running(),
                    status.waiting(),
                    status.held(),
                    status.full(),
                    status.nearCapacity(),
                    status.suspended() == null ? null : line(status.suspended()));
        }

        private Work withoutErrors() {
            String hidden = suspended == null ? null : IdStory.HIDDEN;
            return new Work(pending, ready, running, waiting, held, full, nearCapacity, hidden);
        }
    }

    /** Returns one line about a suspension. */
    public static String line(EngineStatus.Suspended suspended) {
        return "every id has failed for " + suspended.lasts().toSeconds() + " s: " + OneLine.of(suspended.cause());
    }

    /**
     * A partition.
     *
     * @param partition the topic and the number of the partition
     * @param watermark the first offset that is not settled, or null while nothing was delivered
     * @param open the number of deliveries that are not settled
     * @param lag the number of offsets from the watermark to the partition's end, or null if the broker did not answer
     */
    @JsonInclude
    public record Partition(
            String partition,
            @Nullable Long watermark,
            int open,
            @Nullable Long lag) {}

    /** Returns this report without messages of exceptions. */
    public ListenerReport withoutErrors() {
        return new ListenerReport(
                id,
                topics,
                retryTopic,
                source,
                container,
                work.withoutErrors(),
                resync.withoutErrors(),
                partitions,
                stuck.stream().map(Stuck::withoutErrors).toList());
    }

    /**
     * An id that fails, waits for another answer, or whose round takes long.
     *
     * @param state its state
     * @param failures the number of rounds that have failed in a row
     * @param stuckFor how long this has lasted
     * @param lastError the cause of the last failure as one line, or null if none has failed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Stuck(
            String id,
            @JsonUnwrapped StateOfId state,
            int failures,
            Duration stuckFor,
            @Nullable String lastError) {

        static Stuck of(EngineStatus.Stuck stuck) {
            boolean failedElsewhere = stuck.lastCause() == null && stuck.failures() > 0;
            return new Stuck(
                    stuck.id(),
                    StateOfId.of(stuck.state()),
                    stuck.failures(),
                    stuck.stuckFor().truncatedTo(ChronoUnit.MILLIS),
                    failedElsewhere ? "failed before it was read from the retry topic" : stuck.lastCause());
        }

        Stuck withoutErrors() {
            return new Stuck(id, state.withoutErrors(), failures, stuckFor, null);
        }
    }
}
