package io.triggerquery.bench.engine;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Query;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A source without costs: it answers at once, with the same state for every id.
 *
 * <p>Threads: any.
 */
final class Answers implements Query<String> {

    private final int maxIds;
    private final CompletableFuture<Answer<String>> answer =
            CompletableFuture.completedFuture(new Answer.Given<>(new SameForAll()));

    Answers(int maxIds) {
        this.maxIds = maxIds;
    }

    @Override
    public int maxIds() {
        return maxIds;
    }

    @Override
    public CompletionStage<Answer<String>> ask(List<String> ids, int unanswered) {
        return answer;
    }

    /** Contains every id, without looking it up. */
    private static final class SameForAll extends AbstractMap<String, Snapshot<String>> {

        private final Snapshot<String> snapshot = new Snapshot.Found<>("any", "state", OptionalLong.empty());

        @Override
        public Snapshot<String> get(Object id) {
            return snapshot;
        }

        @Override
        public Set<Map.Entry<String, Snapshot<String>>> entrySet() {
            throw new UnsupportedOperationException("it has every id");
        }
    }
}
