package io.triggerquery.consumer.internal.listener;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param id its id
 * @param topic where its triggers come from
 * @param retryTopic where failing triggers are deferred
 * @param source whom it asks
 * @param container its spring-kafka container
 * @param work what is to be done
 * @param resync the comparison with the source
 * @param partitions those that this process has
 * @param stuck the ids that have been failing for longest, that one first
 */
public record ListenerReport(
        String id,
        String topic,
        String retryTopic,
        Source source,
        Container container,
        Work work,
        ResyncStatus resync,
        List<Partition> partitions,
        List<Stuck> stuck) {

    /**
     * Whom it asks.
     *
     * @param circuit the state of the source's circuit breaker, as Resilience4j calls it
     */
    public record Source(String name, String circuit) {}

    /**
     * Its container.
     *
     * @param running whether it polls
     * @param paused whether an operator has asked it to pause
     */
    public record Container(boolean running, boolean paused) {}

    /**
     * What is to be done.
     *
     * @param pending what the open deliveries weigh; reading pauses at {@code triggerquery.max-pending}
     * @param ready ids that a worker could take
     * @param running rounds at work
     * @param waiting failing ids that are kept in memory
     * @param held whether nothing is asked because the source is away or busy, or the listener is suspended
     * @param full whether reading is paused because too much is pending
     * @param nearCapacity whether most of {@code triggerquery.max-waiting} is taken
     * @param suspended for how long every id has failed, and why, or null if that is not so
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

        static Work of(EngineStatus now) {
            return new Work(
                    now.pending(),
                    now.ready(),
                    now.running(),
                    now.waiting(),
                    now.held(),
                    now.full(),
                    now.nearCapacity(),
                    now.suspended() == null ? null : line(now.suspended()));
        }
    }

    /** One line about a suspension. */
    public static String line(EngineStatus.Suspended suspended) {
        return "every id has failed for " + suspended.lasts().toSeconds() + " s: " + OneLine.of(suspended.cause());
    }

    /**
     * A partition.
     *
     * @param partition its topic and number
     * @param watermark the first offset that is not settled, or null while nothing was delivered
     * @param open how many deliveries are not settled
     * @param lag how many offsets lie from the watermark to the partition's end, or null if the broker did not say
     */
    @JsonInclude
    public record Partition(
            String partition,
            @Nullable Long watermark,
            int open,
            @Nullable Long lag) {}

    /**
     * An id that fails.
     *
     * @param failures how many rounds in a row have failed
     * @param failingFor for how long
     * @param lastError why the last one failed, as one line
     */
    public record Stuck(String id, int failures, Duration failingFor, String lastError) {

        static Stuck of(EngineStatus.Stuck stuck) {
            String lastError =
                    stuck.lastCause() == null ? "before it came from the retry topic" : OneLine.of(stuck.lastCause());
            return new Stuck(
                    stuck.id(), stuck.failures(), stuck.failingFor().truncatedTo(ChronoUnit.MILLIS), lastError);
        }
    }
}
