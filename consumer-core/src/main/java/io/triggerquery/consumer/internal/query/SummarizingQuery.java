package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Query;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A query whose failures are summaries of the original exceptions.
 *
 * @param query the wrapped query
 * @param failures creates the summaries
 * @param <S> the type of the state
 */
record SummarizingQuery<S>(Query<S> query, Failures failures) implements Query<S> {

    @Override
    public int maxIds() {
        return query.maxIds();
    }

    @Override
    public CompletionStage<Answer<S>> ask(List<String> ids, int unanswered) {
        try {
            return query.ask(ids, unanswered).handle((answer, failure) -> {
                if (failure != null) {
                    throw failures.loggedSummary(failure);
                }
                return answer;
            });
        } catch (Throwable failure) {
            throw failures.loggedSummary(failure);
        }
    }
}
