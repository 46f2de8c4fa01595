package io.triggerquery.consumer;

import java.util.OptionalLong;

/**
 * The answer of a query for one id: found with a state, or absent.
 *
 * @param <S> the state
 */
public sealed interface Snapshot<S> {

    /** Returns the queried id. */
    String id();

    /**
     * Returns the version of the state or of the deletion, if the source's states have versions; see {@link
     * Source#version()}.
     */
    OptionalLong version();

    /**
     * The source has the id.
     *
     * @param state its current state
     */
    record Found<S>(String id, S state, OptionalLong version) implements Snapshot<S> {}

    /**
     * The source does not have the id, or no longer has it.
     *
     * @param version the version of the deletion as the source reports it, or empty if it reports none; never the
     *     version of a trigger
     */
    record Absent<S>(String id, OptionalLong version) implements Snapshot<S> {}
}
