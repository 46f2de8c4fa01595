package io.triggerquery.consumer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Waits until a listener's projection has a change that the caller has made at the source.
 *
 * <p>An await is done when the projection has the version that the caller names, or, without a version, when a round
 * that began after the call has been applied. Until then the id goes first in this instance, whichever instance has its
 * partition, and is queried once more. All callers of an id share its queries.
 *
 * <pre>{@code
 * FreshnessResult result = freshness.await("billing.billing-changed", "p1", 17, Duration.ofSeconds(2));
 * if (result instanceof FreshnessResult.Fresh) {
 *     return payments.find("p1");
 * }
 * }</pre>
 *
 * <p>A listener's projection has to compare versions, since another instance may project the same id at the same time
 * (see {@code ProjectionGuard}). If the listener has a {@link ProjectedVersions}, a version that is already projected
 * needs no query.
 *
 * <p>Threads: any, except the worker threads of the same listener. Bounds: {@link #MAX_TIMEOUT}; for each listener
 * 1,000 ids and 10,000 callers at the same time, beyond which callers are refused. An await is never deferred,
 * dead-lettered or committed.
 */
public interface Freshness {

    /** The longest timeout, one minute. */
    Duration MAX_TIMEOUT = Duration.ofMinutes(1);

    /**
     * Waits until a round that began after this call has been applied.
     *
     * @param listener the id of the listener; by default a listener's id is its topic
     * @param timeout more than zero, at most {@link #MAX_TIMEOUT}
     * @return the answer, never null
     * @throws IllegalArgumentException if there is no such listener, or the id or the timeout is invalid
     * @throws IllegalStateException if the call is made by the listener's own method, which would wait for itself, or
     *     within a transaction, which would hold its connection and may not see what is projected meanwhile
     * @throws InterruptedException if the thread is interrupted while it waits; the await is withdrawn
     */
    FreshnessResult await(String listener, String id, Duration timeout) throws InterruptedException;

    /**
     * Waits until the projection has a version.
     *
     * @param version the version that the projection must have at least, from 0
     * @see #await(String, String, Duration)
     */
    FreshnessResult await(String listener, String id, long version, Duration timeout) throws InterruptedException;

    /**
     * Returns a future that completes when a round that began after this call has been applied, or at the timeout. It
     * never completes exceptionally by itself; cancelling it withdraws the await.
     *
     * <p>It is completed by a thread named {@code triggerquery-freshness-}. A dependent action that blocks delays other
     * futures, but no listener. The call itself does not block, and may be made within a transaction.
     *
     * @see #await(String, String, Duration)
     */
    CompletableFuture<FreshnessResult> awaitAsync(String listener, String id, Duration timeout);

    /**
     * Returns a future that completes when the projection has a version, or at the timeout.
     *
     * @param version the version that the projection must have at least, from 0
     * @see #awaitAsync(String, String, Duration)
     */
    CompletableFuture<FreshnessResult> awaitAsync(String listener, String id, long version, Duration timeout);
}
