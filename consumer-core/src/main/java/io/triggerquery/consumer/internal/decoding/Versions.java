package io.triggerquery.consumer.internal.decoding;

import io.triggerquery.consumer.spi.Decoded;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the version in a record. A record whose version is missing or invalid is decoded without one; the first invalid
 * one is logged, and topics without any version.
 *
 * <p>Threads: any.
 */
final class Versions {

    /** The header of the version by default. */
    static final String HEADER = "triggerquery-version";

    private static final String DEFAULT = "header:" + HEADER;
    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private final String expression;
    private final Place place;
    private final @Nullable MissingVersions missing; // null for the default place, where versions are optional
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

        /** Returns the place of a header. */
        static Place ofHeader(String name) {
            return message -> {
                Header header = message.headers().lastHeader(name);
                return header == null ? MISSING : Decimal.of(header.value());
            };
        }
    }

    /**
     * Creates a reader.
     *
     * @param expression names the place in messages
     */
    Versions(Expression expression, Place place) {
        this.expression = expression.isBlank() ? DEFAULT : expression.text();
        this.place = place;
        this.missing = this.expression.equals(DEFAULT) ? null : new MissingVersions(expression, System::nanoTime);
    }

    private static Decoded add(Decoded decoded, OptionalLong version) {
        if (version.isEmpty()) {
            return decoded;
        }
        if (decoded instanceof Decoded.Ids several) {
            return new Decoded.Ids(
                    several.ids().stream()
                            .map(id -> new Decoded.Id(id.id(), version))
                            .toList(),
                    several.invalid());
        }
        return decoded instanceof Decoded.Id one ? new Decoded.Id(one.id(), version) : decoded;
    }

    /** Returns ids with the version of their record, which holds for each of them. */
    Decoded addTo(Decoded decoded, ConsumerRecord<byte[], byte[]> message) {
        return hasIds(decoded) ? add(decoded, accepted(message, read(message))) : decoded;
    }

    /**
     * Returns ids with the version of their record.
     *
     * @param version the version as it was read from the place
     */
    Decoded addTo(Decoded decoded, ConsumerRecord<byte[], byte[]> message, long version) {
        return hasIds(decoded) ? add(decoded, accepted(message, version)) : decoded;
    }

    private static boolean hasIds(Decoded decoded) {
        return decoded instanceof Decoded.Id
                || decoded instanceof Decoded.Ids several && !several.ids().isEmpty();
    }

    private long read(ConsumerRecord<byte[], byte[]> message) {
        try {
            return place.read(message);
        } catch (UndecodableException unreadable) {
            return Place.INVALID;
        }
    }

    private OptionalLong accepted(ConsumerRecord<?, ?> message, long version) {
        if (version == Place.INVALID && !warned.getAndSet(true)) {
            log.warn(
                    "The version {} of {} is not a decimal number from 0 to {}; such triggers are processed without a"
                            + " version. This is logged once",
                    expression,
                    DecodedWork.origin(message),
                    Long.MAX_VALUE);
        }
        if (missing != null && version == Place.MISSING) {
            missing.missing(message.topic());
        } else if (missing != null) {
            missing.found(message.topic());
        }
        return version < 0 ? OptionalLong.empty() : OptionalLong.of(version);
    }
}
