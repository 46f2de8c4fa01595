package io.triggerquery.consumer.internal.resync;

import java.util.Optional;

/**
 * Stores the progress of resyncs, so that a restart or another instance continues from there.
 *
 * <p>Threads: one at a time for each listener. Failure: after an exception it is called again later, and the run then
 * continues from the checkpoint stored before.
 */
public interface ResyncProgress {

    /** Returns the stored checkpoint, or empty if there is none. */
    Optional<Checkpoint> read(String listener) throws Exception;

    /** Stores a checkpoint in place of the previous one. */
    void write(String listener, Checkpoint checkpoint) throws Exception;
}
