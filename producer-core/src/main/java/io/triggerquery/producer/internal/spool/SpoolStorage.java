package io.triggerquery.producer.internal.spool;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Persistent rows. Threads: any. */
interface SpoolStorage extends AutoCloseable {

    /** Returns the rows at the start, the oldest first. */
    List<SpoolRow> loaded();

    /** Applies these changes together; the future fails with a {@link SpoolException} if they are not applied. */
    CompletableFuture<Void> submit(List<SpoolChange> changes);

    /** Retries a failed write at once. */
    void retryNow();

    /** Returns the current size, in bytes. */
    long bytes();

    /** Checks the rows. This may take seconds. */
    SpoolCheck check();

    /** Completes the submitted writes and rejects further ones. */
    @Override
    void close();
}
