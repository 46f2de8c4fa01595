package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import io.triggerquery.producer.internal.spool.SpoolChange.Put;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The triggers whose write has timed out and has not succeeded since.
 *
 * <p>Threads: any. Bounds: the queue's entries.
 */
final class OnlyInMemory {

    private final Map<Key, Long> generations = new ConcurrentHashMap<>();

    /** Adds triggers until their write succeeds. */
    void add(List<Put> puts, CompletableFuture<Void> written) {
        puts.forEach(put -> generations.merge(put.key(), put.generation(), Math::max));
        CompletableFuture<Void> unused = written.thenRun(() -> written(puts));
    }

    void written(List<Put> puts) {
        puts.forEach(put -> remove(put.key(), put.generation()));
    }

    void sent(Claimed one) {
        remove(one.trigger().key(), one.generation());
    }

    private void remove(Key key, long generation) {
        generations.computeIfPresent(key, (one, waiting) -> waiting <= generation ? null : waiting);
    }

    boolean isEmpty() {
        return generations.isEmpty();
    }

    /** Removes the trigger and returns whether it was present. */
    boolean remove(Key key) {
        return generations.remove(key) != null;
    }
}
