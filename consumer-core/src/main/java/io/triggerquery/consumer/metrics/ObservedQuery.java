package io.triggerquery.consumer.metrics;

import io.micrometer.observation.Observation;
import io.triggerquery.consumer.Answer;
import io.triggerquery.consumer.Query;
import java.util.List;

/**
 * Puts an observation around each query; see {@link Spans}.
 *
 * @param <S> the state
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
    public Answer<S> ask(List<String> ids, int unanswered) throws Exception {
        Observation observation = spans.start(Spans.QUERY, listener, ids);
        String outcome = "failed";
        try (var scope = observation.openScope()) {
            Answer<S> answer = query.ask(ids, unanswered);
            outcome = answer instanceof Answer.Refused ? "refused" : "answered";
            return answer;
        } catch (Throwable failure) {
            observation.error(failure);
            throw failure;
        } finally {
            Spans.stop(observation, outcome);
        }
    }
}
