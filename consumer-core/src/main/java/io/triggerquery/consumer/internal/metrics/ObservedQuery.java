package io.triggerquery.consumer.internal.metrics;

import io.micrometer.observation.Observation;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.failure.Causes;
import io.triggerquery.consumer.spi.TriggerObservation.Step;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Creates an observation for each query, from the request to the answer; see {@link Spans}.
 *
 * @param <S> the type of the state
 */
final class ObservedQuery<S> implements Query<S> {

    private final Query<S> query;
    private final Spans spans;
    private final ObservedListener listener;

    ObservedQuery(Query<S> query, Spans spans, ObservedListener listener) {
        this.query = query;
        this.spans = spans;
        this.listener = listener;
    }

    @Override
    public int maxIds() {
        return query.maxIds();
    }

    @Override
    public CompletionStage<Answer<S>> ask(List<String> ids, int unanswered) throws Exception {
        Observation observation = spans.start(Step.QUERY, listener, ids);
        try (var scope = observation.openScope()) {
            return query.ask(ids, unanswered).whenComplete((answer, failure) -> stop(observation, answer, failure));
        } catch (Throwable failure) {
            stop(observation, null, failure);
            throw failure;
        }
    }

    private static void stop(Observation observation, @Nullable Answer<?> answer, @Nullable Throwable failure) {
        if (failure == null) {
            Spans.stop(observation, answer instanceof Answer.Refused ? "refused" : "answered");
            return;
        }
        observation.error(Causes.of(failure));
        Spans.stop(observation, "failed");
    }
}
