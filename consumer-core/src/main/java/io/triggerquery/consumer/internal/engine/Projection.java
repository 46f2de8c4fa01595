package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import java.util.List;

/**
 * Writes states to the local copy, idempotently: it may be called again with the same states.
 *
 * <p>Threads: called by many workers concurrently, but by one at a time for an id of a listener in this process. After
 * a rebalance another process may still project the same id, so a projection compares versions in its own transaction.
 *
 * @param <S> the state
 */
public interface Projection<S> {

    /**
     * Returns whether {@link #apply} accepts several snapshots as one transaction; otherwise it is called with one.
     */
    boolean takesMany();

    /**
     * Applies all snapshots, or none.
     *
     * @param snapshots of different ids
     * @param triggers the merged trigger of each, in the same order
     * @throws Exception if they could not be applied; the round, query included, is repeated later
     */
    void apply(List<Snapshot<S>> snapshots, List<Trigger> triggers) throws Exception;
}
