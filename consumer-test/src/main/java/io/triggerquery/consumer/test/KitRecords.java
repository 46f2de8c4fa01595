package io.triggerquery.consumer.test;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.decoding.DecodedWork;
import io.triggerquery.consumer.internal.decoding.RecordDecoder;
import io.triggerquery.consumer.internal.engine.RetryHistory;
import io.triggerquery.consumer.internal.engine.Work;
import io.triggerquery.consumer.spi.Decoded;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;

/**
 * Decodes a kit's records as the listener does in production.
 *
 * @param topic the topic of the listener
 * @param decoder the decoder of the listener
 */
record KitRecords(String topic, RecordDecoder decoder) {

    ConsumerRecord<byte[], byte[]> received(ProducerRecord<byte[], byte[]> sent, long now) {
        return new ConsumerRecord<>(
                topic,
                0,
                0,
                Instant.EPOCH.plusNanos(now).toEpochMilli(),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }

    /** Returns the ids of a record; none if the decoder fails. */
    List<String> ids(ConsumerRecord<byte[], byte[]> received) {
        try {
            Decoded decoded = decoder.decode(received);
            return decoded instanceof Decoded.Id one
                    ? List.of(one.id())
                    : decoded instanceof Decoded.Ids several
                            ? several.ids().stream().map(Decoded.Id::id).toList()
                            : List.of();
        } catch (Exception fails) {
            return List.of();
        }
    }

    /** Returns the work of a record. If the decoder fails, the work is to decode it again. */
    Work work(ConsumerRecord<byte[], byte[]> received, VirtualBroker broker) {
        try {
            return decode(received, broker);
        } catch (Exception failure) {
            return new Work.Undecoded(
                    DecodedWork.origin(received),
                    () -> decode(received, broker),
                    () -> broker.deadLetter(received, "the decoder failed: " + failure));
        }
    }

    private Work decode(ConsumerRecord<byte[], byte[]> received, VirtualBroker broker) throws Exception {
        return DecodedWork.of(
                received,
                decoder.decode(received),
                id -> new Work.Refresh(
                        new Trigger(topic, id.id(), id.version(), Instant.ofEpochMilli(received.timestamp())),
                        RetryHistory.NONE),
                reason -> () -> broker.deadLetter(received, reason));
    }
}
