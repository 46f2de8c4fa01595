package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What an engine knows of one id.
 *
 * @param work its open work, or null if there is none
 * @param applied the applied version that is remembered, if any; only versions of ids whose triggers have versions are
 * @param rounds the last rounds that are remembered, the latest first
 */
public record IdStatus(@Nullable OpenWork work, OptionalLong applied, List<PastRound> rounds) {

    /**
     * The open work of an id.
     *
     * @param trigger the merged trigger of its deliveries
     * @param deliveries its deliveries, without those that later ones have superseded
     * @param failures the number of consecutive failed rounds
     * @param failingFor how long it has been failing; zero if it does not fail
     * @param lastCause the last failure as one line, also one of a part of a batch, or null if there is none
     */
    public record OpenWork(
            IdState state,
            Trigger trigger,
            List<Open> deliveries,
            int failures,
            Duration failingFor,
            @Nullable String lastCause) {}

    /**
     * An open delivery.
     *
     * @param partition its partition, or null if it came without a message, from an operator, a resync or a caller
     *     that waits
     * @param age how long ago it arrived
     */
    public record Open(@Nullable TopicPartition partition, long offset, Duration age) {}

    /** Returns the state of the id. */
    public IdState state() {
        if (work != null) {
            return work.state();
        }
        return rounds.isEmpty() ? new IdState.Unknown() : new IdState.Done(rounds.get(0));
    }
}
