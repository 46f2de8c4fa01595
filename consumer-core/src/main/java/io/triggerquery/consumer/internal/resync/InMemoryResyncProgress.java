package io.triggerquery.consumer.internal.resync;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps checkpoints in memory: after a restart, the next run begins with the first page, when it is due. */
public final class InMemoryResyncProgress implements ResyncProgress {

    private final Map<String, Checkpoint> checkpoints = new ConcurrentHashMap<>();

    @Override
    public Optional<Checkpoint> read(String listener) {
        return Optional.ofNullable(checkpoints.get(listener));
    }

    @Override
    public void write(String listener, Checkpoint checkpoint) {
        checkpoints.put(listener, checkpoint);
    }
}
