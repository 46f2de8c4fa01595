package io.triggerquery.consumer.internal.resync;

import java.util.Optional;

/**
 * Stores the progress of resyncs, so that a restart or another instance continues from there.
 *
 * <p>Threads: one at a time for each listener. Failure: one that throws is called again later, and the run then goes on
 * from what was kept before.
 */
public interface ResyncProgress {

    /** What was kept last, or empty if nothing was. */
    Optional<Checkpoint> read(String listener) throws Exception;

    /** Keeps a checkpoint in place of the one before. */
    void write(String listener, Checkpoint checkpoint) throws Exception;
}
