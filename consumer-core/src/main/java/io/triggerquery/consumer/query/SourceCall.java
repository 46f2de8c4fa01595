package io.triggerquery.consumer.query;

/**
 * One call of a source's method by id.
 *
 * @param <S> the state
 */
@FunctionalInterface
interface SourceCall<S> {

    /** Calls the source once. */
    S byId(String id) throws Exception;
}
