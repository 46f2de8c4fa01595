package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.decoding.DecodedWork;
import io.triggerquery.consumer.internal.decoding.RecordDecoder;
import io.triggerquery.consumer.internal.failure.OneLine;
import io.triggerquery.consumer.spi.Decoded;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the triggers in dead letters and in retry topics.
 *
 * <p>Threads: any. Failure: a decoder that fails is reported as {@link IllegalStateException}.
 *
 * @param decoder the listener's decoder, which a dead letter with an original record needs
 * @param reader reads the headers
 */
record RecordTriggers(RecordDecoder decoder, TriggerReader reader) {

    /**
     * The content of a dead letter.
     *
     * @param triggers its triggers; none if it contains no valid id
     * @param complete whether all of it is valid ids
     */
    record Letter(List<Trigger> triggers, boolean complete) {}

    /**
     * Reads a dead letter.
     *
     * @throws IllegalStateException if the decoder fails
     */
    Letter ofDeadLetter(ConsumerRecord<byte[], byte[]> letter) {
        try {
            Decoded decoded = DeadLetters.isTrigger(letter) ? decoder.decodeOwn(letter) : decoder.decode(letter);
            List<Trigger> triggers = triggers(letter, decoded);
            boolean partly =
                    decoded instanceof Decoded.Ids several && !several.invalid().isEmpty();
            return new Letter(triggers, !triggers.isEmpty() && !partly);
        } catch (Exception failure) {
            throw failed(letter, failure);
        }
    }

    /** Returns the trigger of a record in a retry topic; none if it contains no valid id. */
    List<Trigger> ofRetryTopic(ConsumerRecord<byte[], byte[]> message) {
        return triggers(message, decoder.decodeOwn(message));
    }

    private List<Trigger> triggers(ConsumerRecord<byte[], byte[]> message, Decoded decoded) {
        if (decoded instanceof Decoded.Id one) {
            return List.of(reader.trigger(message, one));
        }
        return decoded instanceof Decoded.Ids several
                ? several.ids().stream().map(id -> reader.trigger(message, id)).toList()
                : List.of();
    }

    private static IllegalStateException failed(ConsumerRecord<?, ?> letter, Exception failure) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new IllegalStateException(
                "the decoder failed for " + DecodedWork.origin(letter) + ": " + OneLine.of(failure));
    }
}
