package io.triggerquery.consumer;

import java.util.OptionalLong;

/**
 * What a query reported for one id: found with a state, or absent.
 *
 * <p>Create snapshots, for example in tests, by the methods of this interface: the records may get more components.
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

    /** Returns a snapshot of a state without a version. */
    static <S> Snapshot<S> found(String id, S state) {
        return new Found<>(id, state, OptionalLong.empty());
    }

    /** Returns a snapshot of a state with a version. */
    static <S> Snapshot<S> found(String id, S state, long version) {
        return new Found<>(id, state, OptionalLong.of(version));
    }

    /** Returns a snapshot of an id that the source does not have. */
    static <S> Snapshot<S> absent(String id) {
        return new Absent<>(id, OptionalLong.empty());
    }

    /** Returns a snapshot of an id that the source has deleted with this version. */
    static <S> Snapshot<S> absent(String id, long version) {
        return new Absent<>(id, OptionalLong.of(version));
    }
}
