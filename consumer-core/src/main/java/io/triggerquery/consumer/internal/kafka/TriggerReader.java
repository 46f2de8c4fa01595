package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.RetryHistory;
import io.triggerquery.consumer.internal.engine.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the headers of a record. Invalid headers are ignored: the trigger is processed in any case.
 *
 * <p>Threads: any.
 */
final class TriggerReader {

    private static final Logger log = LoggerFactory.getLogger(TriggerReader.class);

    /** The maximum number of failures that is read: about one every five minutes for a year. */
    private static final int MAX_FAILURES = 100_000;

    private final ManagedTopic.Retry retryTopic;
    private final InstantSource clock;
    private final AtomicBoolean warned = new AtomicBoolean();

    TriggerReader(ManagedTopic.Retry retryTopic, InstantSource clock) {
        this.retryTopic = retryTopic;
        this.clock = clock;
    }

    Work.Refresh read(ConsumerRecord<byte[], byte[]> message, String id) {
        return new Work.Refresh(trigger(message, id), history(message), message.headers());
    }

    Trigger trigger(ConsumerRecord<byte[], byte[]> message, String id) {
        long sentAt = message.timestamp();
        long producedAt = TriggerHeaders.read(message.headers(), TriggerHeaders.PRODUCED_AT)
                .orElse(sentAt);
        return new Trigger(
                retryTopic.origin(message), id, version(message), Instant.ofEpochMilli(Math.min(producedAt, sentAt)));
    }

    private OptionalLong version(ConsumerRecord<byte[], byte[]> message) {
        OptionalLong version = TriggerHeaders.read(message.headers(), TriggerHeaders.VERSION);
        boolean invalid = version.isEmpty() && message.headers().lastHeader(TriggerHeaders.VERSION) != null;
        if (invalid && !warned.getAndSet(true)) {
            log.warn(
                    "The header {} of {}-{}@{} is not a decimal number from 0 to {}; such triggers are processed"
                            + " without a version. This is logged once",
                    TriggerHeaders.VERSION,
                    message.topic(),
                    message.partition(),
                    message.offset(),
                    Long.MAX_VALUE);
        }
        return version;
    }

    private RetryHistory history(ConsumerRecord<byte[], byte[]> message) {
        OptionalLong failures = TriggerHeaders.read(message.headers(), TriggerHeaders.FAILURES);
        if (failures.orElse(0) == 0 || !message.topic().equals(retryTopic.name())) {
            return RetryHistory.NONE;
        }
        long now = clock.millis();
        long failingSince = TriggerHeaders.read(message.headers(), TriggerHeaders.FAILING_SINCE)
                .orElse(now);
        return new RetryHistory(
                (int) Math.min(failures.getAsLong(), MAX_FAILURES),
                since(failingSince, now),
                since(message.timestamp(), now));
    }

    /** Returns the duration since a time; zero if it is in the future, since clocks differ. */
    private static Duration since(long then, long now) {
        return Duration.ofMillis(Math.max(0, now - then));
    }
}
