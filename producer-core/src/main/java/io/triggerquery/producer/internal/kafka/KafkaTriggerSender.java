package io.triggerquery.producer.internal.kafka;

import io.triggerquery.producer.internal.sending.Destinations;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.TriggerSender;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/**
 * Sends triggers with producers of its own, not the application's: key and value are the id.
 *
 * <p>Threads: any. Bounds: a call blocks for at most 1 s, or 2 s more if the producer is replaced; a single send for
 * its timeout and {@link #LONGEST_SEND}. An answer takes at most 4.5 s. Unsent records take at most the producers'
 * buffers. Failure: every failure is an outcome; a producer that may be in its fatal state is replaced before the next
 * send.
 */
public final class KafkaTriggerSender implements TriggerSender, AutoCloseable {

    /** The longest time a send can take, from the call to its outcome. */
    public static final Duration LONGEST_SEND =
            Duration.ofMillis(TriggerProducerConfig.MAX_BLOCK_MS + TriggerProducerConfig.DELIVERY_TIMEOUT_MS);

    /** The header with a trigger's version, in decimal digits. */
    static final String VERSION_HEADER = "triggerquery-version";

    private final Destinations destinations;
    private final InstantSource clock;
    private final SendObserver observer;
    private final SharedProducer batching;
    private final SharedProducer single;
    private final ReentrantLock singleLock = new ReentrantLock(true);

    /**
     * Creates a sender with the settings of the connection only; each producer connects with its first send.
     *
     * @param connection the application's producer settings, of which those for the connection and for security are
     *     used
     */
    public KafkaTriggerSender(Map<String, Object> connection, Destinations destinations) {
        this(connection, Map.of(), destinations, InstantSource.system(), SendObserver.NONE);
    }

    /**
     * Creates a sender; each producer connects with its first send. Throws an {@link IllegalArgumentException} with a
     * sentence for the operator if the settings cannot work.
     *
     * @param connection the application's producer settings, of which those for the connection and for security are
     *     used
     * @param own settings of Kafka's producer for triggers
     * @param clock the timestamp of a record
     * @param observer is notified of each send
     */
    public KafkaTriggerSender(
            Map<String, Object> connection,
            Map<String, String> own,
            Destinations destinations,
            InstantSource clock,
            SendObserver observer) {
        this(
                TriggerProducerConfig.of(connection, own),
                DefaultKafkaProducerFactory::new,
                destinations,
                clock,
                observer);
    }

    KafkaTriggerSender(
            Map<String, Object> config,
            Function<Map<String, Object>, DefaultKafkaProducerFactory<String, String>> producers,
            Destinations destinations,
            InstantSource clock,
            SendObserver observer) {
        this.destinations = destinations;
        this.clock = clock;
        this.observer = observer;
        this.batching = new SharedProducer(producers.apply(config));
        this.single = new SharedProducer(producers.apply(TriggerProducerConfig.withoutBatches(config)));
    }

    @Override
    public CompletableFuture<SendOutcome> send(OutgoingTrigger trigger) {
        return send(trigger, batching);
    }

    /** Waits for the answer: a producer may put two records into one request even without batches. */
    @Override
    public Optional<CompletableFuture<SendOutcome>> sendAlone(OutgoingTrigger trigger, Duration timeout) {
        try {
            if (!singleLock.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
            try {
                CompletableFuture<SendOutcome> answer = send(trigger, single);
                answer.get(LONGEST_SEND.toMillis(), TimeUnit.MILLISECONDS);
                return Optional.of(answer);
            } finally {
                singleLock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.of(CompletableFuture.completedFuture(new SendOutcome.Unreachable("no answer in time")));
        }
    }

    private CompletableFuture<SendOutcome> send(OutgoingTrigger trigger, SharedProducer producer) {
        return destinations
                .topic(trigger.destination())
                .map(topic -> send(trigger.destination(), record(topic, trigger), producer))
                .orElseGet(() -> CompletableFuture.completedFuture(
                        new SendOutcome.Blocked("no topic: set " + Destinations.property(trigger.destination()))));
    }

    private CompletableFuture<SendOutcome> send(
            String destination, ProducerRecord<String, String> record, SharedProducer producer) {
        if (observer == SendObserver.NONE) {
            return producer.send(record);
        }
        Consumer<SendOutcome> ended = observer.sending(destination, record);
        CompletableFuture<SendOutcome> answer = producer.send(record);
        answer.thenAccept(ended);
        return answer;
    }

    private ProducerRecord<String, String> record(String topic, OutgoingTrigger trigger) {
        ProducerRecord<String, String> record =
                new ProducerRecord<>(topic, null, clock.millis(), trigger.id(), trigger.id());
        if (trigger.version() != null) {
            record.headers().add(VERSION_HEADER, trigger.version().toString().getBytes(StandardCharsets.US_ASCII));
        }
        return record;
    }

    /** Closes the producers, and waits up to two seconds for sends in flight. */
    @Override
    public void close() {
        batching.close();
        single.close();
    }
}
