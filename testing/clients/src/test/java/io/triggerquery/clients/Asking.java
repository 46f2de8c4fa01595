package io.triggerquery.clients;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.failure.Causes;
import io.triggerquery.consumer.internal.query.Failures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Runs a query and classifies its answer. */
final class Asking {

    private Asking() {}

    static String ask(Query<Object> query, Failures failures, String id) throws Exception {
        try {
            Answer<Object> answer =
                    query.ask(List.of(id), 0).toCompletableFuture().join();
            if (answer instanceof Answer.Refused<Object> refused) {
                return refused.holdFor().compareTo(Duration.ofSeconds(1)) > 0 ? "pause" : "refused";
            }
            Snapshot<Object> snapshot =
                    ((Answer.Given<Object>) answer).snapshots().get(id);
            return snapshot instanceof Snapshot.Found
                    ? "found"
                    : "absent since " + snapshot.version().orElse(-1);
        } catch (CompletionException failure) {
            return failures.kindOf(Causes.of(failure)).name();
        }
    }
}
