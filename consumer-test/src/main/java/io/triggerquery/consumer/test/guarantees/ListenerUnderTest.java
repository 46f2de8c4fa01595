package io.triggerquery.consumer.test.guarantees;

import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * What the guarantees must know of a listener's states and of its projection.
 *
 * <pre>{@code
 * ListenerUnderTest.of(
 *                 (id, version) -> new Billing(id, version % 2 == 0, version),
 *                 id -> jdbc.sql("select version from billing where id = ?").param(id).query(Long.class).optional()
 *                         .map(OptionalLong::of).orElse(OptionalLong.empty()))
 *         .seeing(id -> jdbc.sql("select * from billing where id = ?").param(id).query().listOfRows())
 * }</pre>
 *
 * @param states makes states
 * @param version the version that the projection has of an id, or empty if it has none or a deletion; read from the data
 *     itself, not from a table of versions beside it
 * @param view all that the projection has of an id, to be compared by {@code equals}; finds sums that grow
 * @param ids makes ids that have not been used before; given a number that grows
 */
public record ListenerUnderTest(
        States states,
        Function<String, OptionalLong> version,
        Function<String, ? extends Object> view,
        IntFunction<String> ids) {

    /** Makes the state of an id at a version. States of different versions should differ in more than the version. */
    @FunctionalInterface
    public interface States {

        /**
         * Makes a state.
         *
         * @param version from 1 upwards
         */
        Object of(String id, long version);
    }

    /** With random ids, and the version for all that there is to see. */
    public static ListenerUnderTest of(States states, Function<String, OptionalLong> version) {
        return new ListenerUnderTest(
                states, version, version, number -> UUID.randomUUID().toString());
    }

    /** With more to see than the version. */
    public ListenerUnderTest seeing(Function<String, ? extends Object> everything) {
        return new ListenerUnderTest(states, version, everything, ids);
    }

    /** With ids of another form. */
    public ListenerUnderTest named(IntFunction<String> makeIds) {
        return new ListenerUnderTest(states, version, view, makeIds);
    }
}
