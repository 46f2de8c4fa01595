package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.FailureSinks;
import io.triggerquery.consumer.internal.engine.RetryHistory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** Writes to a listener's retry topic and dead-letter topic. */
final class KafkaFailureSinks implements FailureSinks {

    private final ManagedTopic.Retry retryTopic;
    private final SynchronousProducer producer;
    private final DeadLetters deadLetters;
    private final InstantSource clock;

    KafkaFailureSinks(
            ManagedTopic.Retry retryTopic, SynchronousProducer producer, DeadLetters deadLetters, InstantSource clock) {
        this.retryTopic = retryTopic;
        this.producer = producer;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    @Override
    public String retryTopic() {
        return retryTopic.name();
    }

    @Override
    public void defer(List<Deferred> triggers) throws InterruptedException {
        Instant now = clock.instant();
        producer.send(
                retryTopic,
                triggers.stream()
                        .map(deferred -> message(deferred.trigger(), deferred.history(), now))
                        .toList());
    }

    /** Sends triggers to the retry topic as ones that have never failed. */
    void sendUntried(List<Trigger> triggers) throws InterruptedException {
        defer(triggers.stream()
                .map(trigger -> new Deferred(trigger, RetryHistory.NONE))
                .toList());
    }

    @Override
    public void deadLetter(Trigger trigger, Throwable cause) throws InterruptedException {
        deadLetters.send(trigger, cause);
    }

    private ProducerRecord<byte[], byte[]> message(Trigger trigger, RetryHistory history, Instant now) {
        byte[] id = trigger.id().getBytes(StandardCharsets.UTF_8);
        Headers headers = TriggerHeaders.of(trigger, history, now);
        if (retryTopic.triggerTopics().size() > 1) {
            headers.add(TriggerHeaders.TOPIC, trigger.topic().getBytes(StandardCharsets.UTF_8));
        }
        return new ProducerRecord<>(retryTopic.name(), null, now.toEpochMilli(), id, id, headers);
    }
}
