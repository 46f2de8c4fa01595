package io.triggerquery.consumer.internal.listener;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.triggerquery.consumer.internal.engine.IdStatus;
import io.triggerquery.consumer.internal.engine.PastRound;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What this process knows of one id, for operators.
 *
 * @param listener the id of the listener
 * @param asOf when this was so, by this process's clock
 * @param state its state
 * @param failing its failures, or null if it does not fail
 * @param trigger the merged trigger of its open deliveries, or null if it has none
 * @param deliveries its open deliveries, without those that later ones have superseded
 * @param appliedVersion the version that was applied here last, or null if it is not remembered
 * @param projection its version in the projection, or null if there is no {@code ProjectedVersions} bean
 * @param source the source of the listener
 * @param rounds its last rounds, the latest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IdStory(
        String listener,
        String id,
        Instant asOf,
        @JsonUnwrapped StateOfId state,
        @JsonUnwrapped @Nullable Failing failing,
        @Nullable Trigger trigger,
        List<Delivery> deliveries,
        @Nullable Long appliedVersion,
        @Nullable Projection projection,
        ListenerReport.Source source,
        List<Round> rounds) {

    /** What replaces an error that is not shown. */
    static final String HIDDEN = "hidden by triggerquery.endpoint.show-errors";

    /**
     * The failures of an id.
     *
     * @param failures the number of rounds that have failed in a row
     * @param failingFor how long it has been failing
     * @param lastError the last failure as one line
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Failing(
            int failures, Duration failingFor, @Nullable String lastError) {}

    /**
     * The merged trigger of an id.
     *
     * @param version the highest version of its triggers, or null if none has one
     * @param sentAt when the earliest of them was sent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Trigger(@Nullable Long version, Instant sentAt) {}

    /**
     * An open delivery.
     *
     * @param topic its topic, or null if it came from an operator or a resync
     * @param age how long ago it arrived
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Delivery(
            @Nullable String topic,
            @Nullable Integer partition,
            @Nullable Long offset,
            Duration age) {

        private static Delivery of(IdStatus.Open open) {
            TopicPartition partition = open.partition();
            return partition == null
                    ? new Delivery(null, null, null, millis(open.age()))
                    : new Delivery(partition.topic(), partition.partition(), open.offset(), millis(open.age()));
        }
    }

    /**
     * The version of an id in the projection.
     *
     * @param version the version, or null if the projection does not have the id, or could not be read
     * @param error why it could not be read, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Projection(
            @Nullable Long version, @Nullable String error) {

        Projection withoutError() {
            return new Projection(version, error == null ? null : HIDDEN);
        }
    }

    /**
     * A round that has ended.
     *
     * @param at when it ended
     * @param lasted how long it took
     * @param outcome applied, stale, unconfirmed, split, failed, deferred or dead-lettered
     * @param ids the number of ids in the round
     * @param triggerVersion the version of its merged trigger, or null if it had none
     * @param answeredVersion the version that the source answered, or null if it is not known
     * @param failedStep the step that failed, or null
     * @param error why it failed, as one line
     * @param traceId its trace, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Round(
            Instant at,
            Duration lasted,
            String outcome,
            int ids,
            @Nullable Long triggerVersion,
            @Nullable Long answeredVersion,
            @Nullable String failedStep,
            @Nullable String error,
            @Nullable String traceId) {

        private Round withoutError() {
            return new Round(at, lasted, outcome, ids, triggerVersion, answeredVersion, failedStep, null, traceId);
        }

        private static Round of(PastRound past, Instant now) {
            PastRound.Failure failure = past.failure();
            return new Round(
                    now.minus(past.endedAgo()).truncatedTo(ChronoUnit.MILLIS),
                    millis(past.lasted()),
                    past.outcome(),
                    past.ids(),
                    boxed(past.triggered()),
                    boxed(past.answered()),
                    failure == null ? null : StateOfId.name(failure.step()),
                    failure == null ? null : failure.cause(),
                    past.traceId());
        }
    }

    static IdStory of(
            ListenerReport.Source source,
            String listener,
            String id,
            IdStatus status,
            @Nullable Projection projection,
            Instant now) {
        IdStatus.OpenWork work = status.work();
        return new IdStory(
                listener,
                id,
                now.truncatedTo(ChronoUnit.MILLIS),
                StateOfId.of(status.state()),
                work == null || work.failures() == 0
                        ? null
                        : new Failing(work.failures(), millis(work.failingFor()), work.lastCause()),
                work == null
                        ? null
                        : new Trigger(
                                boxed(work.trigger().version()), work.trigger().producedAt()),
                work == null
                        ? List.of()
                        : work.deliveries().stream().map(Delivery::of).toList(),
                boxed(status.applied()),
                projection,
                source,
                status.rounds().stream().map(past -> Round.of(past, now)).toList());
    }

    /** Returns whether there is something left to do here. */
    public boolean hasOpenWork() {
        return state.hasOpenWork();
    }

    /** Returns this story as JSON. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> toJson() {
        return JsonMapper.shared().convertValue(this, Map.class);
    }

    /** Returns this story without messages of exceptions. */
    public IdStory withoutErrors() {
        return new IdStory(
                listener,
                id,
                asOf,
                state.withoutErrors(),
                failing == null ? null : new Failing(failing.failures(), failing.failingFor(), null),
                trigger,
                deliveries,
                appliedVersion,
                projection == null ? null : projection.withoutError(),
                source,
                rounds.stream().map(Round::withoutError).toList());
    }

    private static @Nullable Long boxed(OptionalLong number) {
        return number.isPresent() ? (Long) number.getAsLong() : null;
    }

    private static Duration millis(Duration duration) {
        return duration.truncatedTo(ChronoUnit.MILLIS);
    }
}
