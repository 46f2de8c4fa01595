package io.triggerquery.consumer.spi;

import io.triggerquery.consumer.TriggerQueryListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decodes the ids of a record. A listener names a bean of this type in {@link TriggerQueryListener#decoder()}; without
 * one, {@link TriggerQueryListener#idFrom()} selects a ready-made decoder.
 *
 * <pre>{@code
 * @Bean
 * TriggerDecoder orderLines() {
 *     return message -> {
 *         var line = OrderLine.parseFrom(message.value());
 *         return line.isDraft() ? Decoded.ignored() : Decoded.id(line.getOrderId(), line.getVersion());
 *     };
 * }
 * }</pre>
 *
 * <p>It decodes the records of the listener's topics, and again when a dead letter that holds the original record is
 * replayed. It does not decode the listener's retry topic, whose records trigger-query writes itself.
 *
 * <p>Threads: any, several at once; mostly the consumer threads, which read nothing while it decodes. It must not wait
 * for another service on each record. Bounds: at most 1,000 ids for each record; a record with more goes to the
 * dead-letter topic.
 */
@FunctionalInterface
public interface TriggerDecoder {

    /**
     * Decodes a record. Each returned id is checked afterwards against the listener's rule for ids.
     *
     * @param message the record; key and value may be null. It must not be changed
     * @return what the record contains; never null
     * @throws Exception if the record cannot be decoded at present, for example because a schema is not available. The
     *     record is decoded again later. If every record fails, the listener is suspended. A record that fails for
     *     the listener's setting {@code defer-after}, while others of its topic are decoded, goes to the dead-letter
     *     topic. For a record that can never be decoded, return {@link Decoded#invalid} instead
     */
    Decoded decode(ConsumerRecord<byte[], byte[]> message) throws Exception;
}
