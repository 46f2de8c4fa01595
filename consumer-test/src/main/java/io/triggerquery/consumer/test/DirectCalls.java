package io.triggerquery.consumer.test;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.internal.engine.Query;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;

/**
 * Calls the source and the listener's method without the engine.
 *
 * @param query queries the source
 * @param projection the listener's method
 * @param topic the topic of the triggers that the method receives
 */
record DirectCalls(Query<Object> query, Projection<Object> projection, String topic) {

    Snapshot<?> query(String id) throws Exception {
        Snapshot<Object> snapshot =
                ((Answer.Given<Object>) answer(id)).snapshots().get(id);
        if (snapshot == null) {
            throw new IllegalStateException("The source's answer does not contain the id " + id + ".");
        }
        return snapshot;
    }

    private Answer<Object> answer(String id) throws Exception {
        try {
            return query.ask(List.of(id), 1).toCompletableFuture().join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }

    @SuppressWarnings("unchecked") // the definition guarantees that the method takes the source's states
    void project(List<Snapshot<?>> snapshots, Instant sentAt) throws Exception {
        List<Snapshot<Object>> states =
                snapshots.stream().map(snapshot -> (Snapshot<Object>) snapshot).toList();
        List<Trigger> triggers = states.stream()
                .map(state -> new Trigger(topic, state.id(), OptionalLong.empty(), sentAt))
                .toList();
        if (projection.takesMany()) {
            projection.apply(states, triggers);
            return;
        }
        for (int i = 0; i < states.size(); i++) {
            projection.apply(states.subList(i, i + 1), triggers.subList(i, i + 1));
        }
    }
}
