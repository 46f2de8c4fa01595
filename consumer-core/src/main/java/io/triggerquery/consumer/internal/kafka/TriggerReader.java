package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.RetryHistory;
import io.triggerquery.consumer.internal.engine.Work;
import io.triggerquery.consumer.spi.Decoded;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the headers that trigger-query writes. Invalid headers are ignored: the trigger is processed in any case.
 *
 * <p>Threads: any.
 */
final class TriggerReader {

    /** The maximum number of failures that is read: about one every five minutes for a year. */
    private static final int MAX_FAILURES = 100_000;

    private final ManagedTopic.Retry retryTopic;
    private final InstantSource clock;

    TriggerReader(ManagedTopic.Retry retryTopic, InstantSource clock) {
        this.retryTopic = retryTopic;
        this.clock = clock;
    }

    /** Returns whether a record is one of the retry topic, which trigger-query has written. */
    boolean isRetry(ConsumerRecord<?, ?> message) {
        return message.topic().equals(retryTopic.name());
    }

    Work.Refresh read(ConsumerRecord<byte[], byte[]> message, Decoded.Id id) {
        return new Work.Refresh(trigger(message, id), history(message), message.headers());
    }

    Trigger trigger(ConsumerRecord<byte[], byte[]> message, Decoded.Id id) {
        long sentAt = message.timestamp();
        long producedAt = TriggerHeaders.read(message.headers(), TriggerHeaders.PRODUCED_AT)
                .orElse(sentAt);
        return new Trigger(
                retryTopic.origin(message), id.id(), id.version(), Instant.ofEpochMilli(Math.min(producedAt, sentAt)));
    }

    private RetryHistory history(ConsumerRecord<byte[], byte[]> message) {
        if (!isRetry(message)) {
            return RetryHistory.NONE;
        }
        OptionalLong failures = TriggerHeaders.read(message.headers(), TriggerHeaders.FAILURES);
        if (failures.orElse(0) == 0) {
            return RetryHistory.NONE;
        }
        long now = clock.millis();
        long failingSince = TriggerHeaders.read(message.headers(), TriggerHeaders.FAILING_SINCE)
                .orElse(now);
        return new RetryHistory(
                (int) Math.min(failures.getAsLong(), MAX_FAILURES),
                since(failingSince, now),
                since(message.timestamp(), now),
                TriggerHeaders.cause(message.headers()));
    }

    /** Returns the duration since a time; zero if it is in the future, since clocks differ. */
    private static Duration since(long then, long now) {
        return Duration.ofMillis(Math.max(0, now - then));
    }
}
