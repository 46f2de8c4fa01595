package io.triggerquery.consumer.kafka;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.engine.Outlets;
import io.triggerquery.consumer.engine.Past;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes to a listener's retry topic and dead-letter topic. */
final class KafkaOutlets implements Outlets {

    private final OwnTopic.Retry retryTopic;
    private final CertainProducer producer;
    private final DeadLetters deadLetters;
    private final InstantSource clock;

    KafkaOutlets(OwnTopic.Retry retryTopic, CertainProducer producer, DeadLetters deadLetters, InstantSource clock) {
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
    public void park(List<Parked> triggers) throws InterruptedException {
        Instant now = clock.instant();
        producer.send(
                retryTopic,
                triggers.stream()
                        .map(parked -> message(parked.trigger(), parked.past(), now))
                        .toList());
    }

    /** Sends triggers to the retry topic as if none of them had ever failed. */
    void sendUntried(List<Trigger> triggers) throws InterruptedException {
        park(triggers.stream().map(trigger -> new Parked(trigger, Past.NONE)).toList());
    }

    @Override
    public void bury(Trigger trigger, Throwable cause) throws InterruptedException {
        deadLetters.send(trigger, cause);
    }

    private ProducerRecord<byte[], byte[]> message(Trigger trigger, Past past, Instant now) {
        byte[] id = trigger.id().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(
                retryTopic.name(), null, now.toEpochMilli(), id, id, TriggerHeaders.of(trigger, past, now));
    }
}
