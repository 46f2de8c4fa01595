package io.triggerquery.producer.internal.spool;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Changes that are written together, with the threads that wait for them. */
record SpoolRequest(List<SpoolChange> changes, CompletableFuture<Void> done) {

    SpoolRequest(List<SpoolChange> changes) {
        this(changes, new CompletableFuture<>());
    }

    boolean isDurable() {
        return changes.stream().anyMatch(SpoolChange::isDurable);
    }

    void reject(String reason) {
        done.completeExceptionally(new SpoolException(reason));
    }
}
