package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Snapshot;
import java.util.List;

/**
 * Writes states to the local copy, idempotently: it may be called again with the same states.
 *
 * <p>Threads: called by many workers at once, at most once at a time for one id of a listener in this process. Right
 * after a rebalance another process may still be at work on the same id, so a projection compares versions in its own
 * transaction.
 *
 * @param <S> the state
 */
public interface Projection<S> {

    /** Whether {@link #apply} takes several snapshots at once, as one transaction; otherwise it is given one. */
    boolean takesMany();

    /**
     * Applies all of them, or none.
     *
     * @param snapshots of different ids
     * @throws Exception if they could not be applied; the round, query included, is repeated later
     */
    void apply(List<Snapshot<S>> snapshots) throws Exception;
}
