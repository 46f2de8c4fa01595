package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.decoding.DecodedWork;
import io.triggerquery.consumer.internal.decoding.RecordDecoder;
import io.triggerquery.consumer.internal.engine.Work;
import io.triggerquery.consumer.internal.failure.OneLine;
import io.triggerquery.consumer.spi.Decoded;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Turns each record into the work that it requests.
 *
 * <p>Threads: any.
 */
final class RecordReader {

    private final RecordDecoder decoder;
    private final TriggerReader triggers;
    private final DeadLetterSender deadLetters;

    /** Sends a record to the dead-letter topic; see {@link DeadLetters#send}. */
    @FunctionalInterface
    interface DeadLetterSender {

        void send(ConsumerRecord<byte[], byte[]> message, String reason) throws InterruptedException;
    }

    RecordReader(RecordDecoder decoder, TriggerReader triggers, DeadLetterSender deadLetters) {
        this.decoder = decoder;
        this.triggers = triggers;
        this.deadLetters = deadLetters;
    }

    /** Returns the work of a record. If the decoder fails, the work is to decode it again. */
    Work read(ConsumerRecord<byte[], byte[]> message) {
        try {
            return decode(message);
        } catch (Exception failure) {
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            var again = new Again(message, failure);
            return new Work.Undecoded(DecodedWork.origin(message), again, again);
        }
    }

    private Work decode(ConsumerRecord<byte[], byte[]> message) throws Exception {
        Decoded decoded = triggers.isRetry(message) ? deferred(message) : decoder.decode(message);
        if (decoded instanceof Decoded.Id one) {
            return triggers.read(message, one);
        }
        return DecodedWork.of(
                message, decoded, id -> triggers.read(message, id), reason -> () -> deadLetters.send(message, reason));
    }

    /** Decodes a deferred trigger, whose id may no longer be permitted. */
    private Decoded deferred(ConsumerRecord<byte[], byte[]> message) {
        Decoded decoded = decoder.decodeOwn(message);
        return decoded instanceof Decoded.Invalid invalid
                ? Decoded.invalid("the deferred trigger can no longer be processed: " + invalid.reason())
                : decoded;
    }

    /** Decodes a record again, and remembers the last failure for its dead letter. */
    private final class Again implements Work.Decoding, Work.Sending {

        private final ConsumerRecord<byte[], byte[]> message;
        private volatile String failure;

        private Again(ConsumerRecord<byte[], byte[]> message, Exception failure) {
            this.message = message;
            this.failure = OneLine.of(failure);
        }

        @Override
        public Work decode() throws Exception {
            try {
                return RecordReader.this.decode(message);
            } catch (Exception again) {
                failure = OneLine.of(again);
                throw again;
            }
        }

        @Override
        public void send() throws InterruptedException {
            deadLetters.send(message, NotATriggerException.DECODER_FAILED + failure);
        }
    }
}
