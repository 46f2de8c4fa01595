package io.triggerquery.consumer.test.guarantees;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Describes a listener's states and its projection to the tests.
 *
 * <pre>{@code
 * ListenerUnderTest.of(
 *                 (id, version) -> new Billing(id, version % 2 == 0, version),
 *                 id -> jdbc.sql("select version from billing where id = ?").param(id).query(Long.class).optional()
 *                         .map(OptionalLong::of).orElse(OptionalLong.empty()))
 *         .seeing(id -> jdbc.sql("select * from billing where id = ?").param(id).query().listOfRows())
 * }</pre>
 *
 * @param states creates states
 * @param version returns the version of an id in the projection, or empty if the id is missing or deleted; read it from
 *     the data itself, not from a separate table of versions
 * @param view returns all data of an id in the projection, to be compared with {@code equals}; it detects sums that
 *     grow
 * @param ids creates unused ids from an increasing number
 * @param records creates the records of triggers on a real broker
 */
public record ListenerUnderTest(
        States states,
        Function<String, OptionalLong> version,
        Function<String, ? extends Object> view,
        IntFunction<String> ids,
        Records records) {

    /** Creates the state of an id at a version. States of different versions should differ in more than the version. */
    @FunctionalInterface
    public interface States {

        /**
         * Creates a state.
         *
         * @param version the version, at least 1
         */
        Object of(String id, long version);
    }

    /** Creates the record of a trigger, as the listener's {@code idFrom} or decoder reads it. */
    @FunctionalInterface
    public interface Records {

        /**
         * Creates a record.
         *
         * @param version the version that the state has reached
         * @return key, value and headers; topic, partition and timestamp are replaced
         */
        ProducerRecord<byte[], byte[]> of(String id, long version);
    }

    /** Creates a description with random ids, and with the version as the view. */
    public static ListenerUnderTest of(States states, Function<String, OptionalLong> version) {
        return new ListenerUnderTest(
                states, version, version, number -> UUID.randomUUID().toString(), ListenerUnderTest::plain);
    }

    private static ProducerRecord<byte[], byte[]> plain(String id, long version) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>("", bytes, bytes);
    }

    /** Returns a description with a view of more data than the version. */
    public ListenerUnderTest seeing(Function<String, ? extends Object> everything) {
        return new ListenerUnderTest(states, version, everything, ids, records);
    }

    /** Returns a description with ids of another form. */
    public ListenerUnderTest named(IntFunction<String> makeIds) {
        return new ListenerUnderTest(states, version, view, makeIds, records);
    }

    /** Returns a description whose triggers are sent to a real broker as other records than plain ids. */
    public ListenerUnderTest sentAs(Records makeRecords) {
        return new ListenerUnderTest(states, version, view, ids, makeRecords);
    }
}
