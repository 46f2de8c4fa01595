package io.triggerquery.consumer;

import java.util.OptionalLong;

/**
 * The answer of a query for one id: found with a state, or absent.
 *
 * @param <S> the state
 */
public sealed interface Snapshot<S> {

    /** The id that was asked for. */
    String id();

    /** The state's version, if the source gives states a version: see {@link Source#version()}. */
    OptionalLong version();

    /**
     * The source knows the id.
     *
     * @param state its current state
     */
    record Found<S>(String id, S state, OptionalLong version) implements Snapshot<S> {}

    /**
     * The source has no such id, or no longer.
     *
     * @param version the version of the deletion, or empty if the source does not say one; never one that only a trigger
     *     claims
     */
    record Absent<S>(String id, OptionalLong version) implements Snapshot<S> {}
}
