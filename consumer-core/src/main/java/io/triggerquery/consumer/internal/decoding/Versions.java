package io.triggerquery.consumer.internal.decoding;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the version in a record. A record whose version is missing or invalid is decoded without one; the first invalid
 * one is logged.
 *
 * <p>Threads: any.
 */
final class Versions {

    /** The header of the version by default. */
    static final String HEADER = "triggerquery-version";

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private final String description;
    private final Place place;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** The place of a version in a record. */
    @FunctionalInterface
    interface Place {

        /** The result for a version that is no decimal number from 0 to the largest long. */
        long INVALID = -2;

        /** The result for a record without a version. */
        long MISSING = -1;

        /**
         * Returns the version, {@link #INVALID} or {@link #MISSING}.
         *
         * @throws UndecodableException if the place cannot be read
         */
        long read(ConsumerRecord<byte[], byte[]> message);
    }

    /**
     * Creates a reader.
     *
     * @param description names the place in messages
     */
    Versions(String description, Place place) {
        this.description = description;
        this.place = place;
    }

    static Versions ofHeader(String name) {
        return new Versions("header " + name, message -> ofHeader(message, name));
    }

    private static long ofHeader(ConsumerRecord<byte[], byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null ? Place.MISSING : Decimal.of(header.value());
    }

    OptionalLong read(ConsumerRecord<byte[], byte[]> message) {
        long version;
        try {
            version = place.read(message);
        } catch (UndecodableException unreadable) {
            version = Place.INVALID;
        }
        if (version == Place.INVALID && !warned.getAndSet(true)) {
            log.warn(
                    "The {} of {}-{}@{} is not a decimal number from 0 to {}; such triggers are processed without a"
                            + " version. This is logged once",
                    description,
                    message.topic(),
                    message.partition(),
                    message.offset(),
                    Long.MAX_VALUE);
        }
        return version < 0 ? OptionalLong.empty() : OptionalLong.of(version);
    }
}
