package io.triggerquery.consumer.spi;

import java.util.List;
import java.util.OptionalLong;

/** The result of decoding a record. */
public sealed interface Decoded {

    /**
     * One id.
     *
     * @param id the id
     * @param version a lower bound of the version that the source answers from now on, at least 0, if the record states
     *     one
     */
    record Id(String id, OptionalLong version) implements Decoded {

        /**
         * Creates an id.
         *
         * @throws IllegalArgumentException if the version is negative
         */
        public Id {
            if (version.isPresent() && version.getAsLong() < 0) {
                throw new IllegalArgumentException("the version " + version.getAsLong() + " is negative");
            }
        }
    }

    /**
     * Several ids. The record's offset is settled when all of them are. If there are reasons for elements that are not
     * ids, the record also goes to the dead-letter topic.
     *
     * @param ids the ids; the same id several times counts once. Without ids and reasons the record is ignored
     * @param invalid for each element of the record that is not an id, the reason
     */
    record Ids(List<Id> ids, List<String> invalid) implements Decoded {

        /** Creates the result with copies of the lists. */
        public Ids {
            ids = List.copyOf(ids);
            invalid = List.copyOf(invalid);
        }
    }

    /** A record that does not concern the listener. It is settled at once, and counted. */
    record Ignored() implements Decoded {

        private static final Ignored INSTANCE = new Ignored();
    }

    /**
     * A record that can never be decoded. It goes to the dead-letter topic.
     *
     * @param reason why, for a header of the dead letter and a log line; it must not contain secrets
     */
    record Invalid(String reason) implements Decoded {}

    /** Returns an id without a version. */
    static Decoded id(String id) {
        return new Id(id, OptionalLong.empty());
    }

    /**
     * Returns an id with a version.
     *
     * @param version a lower bound of the version that the source answers from now on
     * @throws IllegalArgumentException if the version is negative
     */
    static Decoded id(String id, long version) {
        return new Id(id, OptionalLong.of(version));
    }

    /** Returns several ids without versions. */
    static Decoded ids(List<String> ids) {
        return new Ids(ids.stream().map(id -> new Id(id, OptionalLong.empty())).toList(), List.of());
    }

    /** Returns that the record does not concern the listener. */
    static Decoded ignored() {
        return Ignored.INSTANCE;
    }

    /**
     * Returns that the record can never be decoded.
     *
     * @param reason why; it must not contain secrets
     */
    static Decoded invalid(String reason) {
        return new Invalid(reason);
    }
}
