package io.triggerquery.consumer.internal.decoding;

import io.triggerquery.consumer.spi.Decoded;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads ids from a record. */
@FunctionalInterface
interface IdReader {

    /**
     * Reads the ids.
     *
     * @throws UndecodableException if there is no id
     */
    Decoded read(ConsumerRecord<byte[], byte[]> message);
}
