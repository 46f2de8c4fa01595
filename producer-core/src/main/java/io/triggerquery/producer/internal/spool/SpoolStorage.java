package io.triggerquery.producer.internal.spool;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Persistent rows. Threads: any. */
interface SpoolStorage extends AutoCloseable {

    /** What was there at the start, the oldest first. */
    List<SpoolRow> loaded();

    /** Makes these changes together; the future fails with a {@link SpoolException} if they are not made. */
    CompletableFuture<Void> submit(List<SpoolChange> changes);

    /** Tries again at once to write, if that has failed. */
    void hurry();

    /** How much room it takes now. */
    long bytes();

    /** Checks the rows, which may take seconds. */
    SpoolCheck check();

    /** Writes what was submitted; nothing is taken from now on. */
    @Override
    void close();
}
