package io.triggerquery.consumer;

/**
 * Writes a state into the local copy, idempotently: it may be called again with the same state.
 *
 * <p>Threads: called by many workers at once, at most once at a time for one id of a listener in this process. Right
 * after a rebalance another process may still be at work on the same id, so a projection compares versions in its own
 * transaction.
 *
 * @param <S> the state
 */
@FunctionalInterface
public interface Projection<S> {

    /**
     * Applies the state.
     *
     * @throws Exception if it could not be applied; the round, query included, is repeated later
     */
    void apply(S state) throws Exception;
}
