package io.triggerquery.consumer.internal.decoding;

import io.triggerquery.consumer.spi.Decoded;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The place of the ids in a record. */
@FunctionalInterface
interface IdReader {

    /**
     * Reads the ids.
     *
     * @param version the version in the record, which holds for each of its ids
     * @throws UndecodableException if there is no id
     */
    Decoded read(ConsumerRecord<byte[], byte[]> message, OptionalLong version);
}
