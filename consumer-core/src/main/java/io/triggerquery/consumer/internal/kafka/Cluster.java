package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.failure.Causes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka cluster of a listener: its connection settings and the clients for lookups. Its listeners share one
 * {@link Admin} and one {@link SynchronousProducer}, both created when they are first needed.
 *
 * <p>Uses the consumer's properties, custom ones included, except those that only consumers have.
 *
 * <p>Threads: any.
 */
final class Cluster implements AutoCloseable {

    private static final int ADMIN_TIMEOUT_MILLIS = 5_000;

    private static final int CONSUMER_TIMEOUT_MILLIS = 10_000;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final Map<String, Object> connection;
    private final ManagedTopics ownTopics;
    private final SynchronousProducer producer;
    private final ControlReader controlReader;
    private final AtomicBoolean unavailable = new AtomicBoolean();
    private @Nullable Admin admin;

    Cluster(Map<String, Object> consumerConfig) {
        this.connection = connection(consumerConfig);
        this.ownTopics = new ManagedTopics(this);
        this.producer = new SynchronousProducer(this, ownTopics);
        this.controlReader = new ControlReader(this::consumer, ownTopics);
    }

    /**
     * Returns those of a consumer's properties that concern its connections. Consumers with equal ones share a cluster.
     */
    static Map<String, Object> connection(Map<String, Object> consumerConfig) {
        Map<String, Object> connection = new HashMap<>(consumerConfig);
        connection
                .keySet()
                .removeIf(name -> ConsumerConfig.configNames().contains(name)
                        && !AdminClientConfig.configNames().contains(name));
        connection.remove(CommonClientConfigs.CLIENT_ID_CONFIG);
        return connection;
    }

    /**
     * Returns the shared client for lookups. Callers must not close it.
     *
     * @throws org.apache.kafka.common.KafkaException if it cannot be created, for example because no address can be
     *     resolved; the next call tries again
     */
    synchronized Admin admin() {
        if (admin == null) {
            Map<String, Object> config = new HashMap<>(connection);
            config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MILLIS);
            config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MILLIS);
            admin = Admin.create(config);
        }
        return admin;
    }

    /**
     * Looks up offsets of partitions. Completes with those of the existing partitions, or exceptionally if the broker
     * does not answer.
     *
     * @throws org.apache.kafka.common.KafkaException if no client can be created
     */
    CompletionStage<Map<TopicPartition, Long>> offsets(Map<TopicPartition, OffsetSpec> specs) {
        ListOffsetsResult result = admin().listOffsets(specs);
        Map<TopicPartition, Long> offsets = new ConcurrentHashMap<>();
        CompletableFuture<?>[] answers = specs.keySet().stream()
                .map(partition -> result.partitionResult(partition)
                        .toCompletionStage()
                        .<@Nullable Void>handle((found, failure) -> {
                            if (found != null) {
                                offsets.put(partition, found.offset());
                            } else if (!(Causes.of(failure) instanceof UnknownTopicOrPartitionException)) {
                                throw new CompletionException(failure);
                            }
                            return null;
                        })
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(answers).thenApply(all -> offsets);
    }

    /**
     * Describes topics. Returns those that exist.
     *
     * @throws KafkaException if the broker does not answer, or does not permit it
     */
    Map<String, LetterTopics.Description> describe(Collection<String> topics) {
        Map<String, LetterTopics.Description> existing = new HashMap<>();
        admin().describeTopics(topics).topicNameValues().forEach((topic, answer) -> {
            try {
                TopicDescription found = answer.get();
                existing.put(
                        topic,
                        new LetterTopics.Description(
                                found.topicId(), found.partitions().size()));
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw failure.getCause() instanceof KafkaException known ? known : new KafkaException(failure);
                }
            } catch (InterruptedException interrupted) {
                throw new InterruptException(interrupted);
            }
        });
        return existing;
    }

    /** Returns the creator of the topics that its listeners write to. */
    ManagedTopics ownTopics() {
        return ownTopics;
    }

    /** Returns the producer for deferred triggers and dead letters. */
    SynchronousProducer producer() {
        return producer;
    }

    /** Returns the reader of its groups' control topics. */
    ControlReader controlReader() {
        return controlReader;
    }

    /** Records that no broker has answered. Returns whether this is the first such record. */
    boolean markUnavailable() {
        return unavailable.compareAndSet(false, true);
    }

    /**
     * Returns whether no broker has answered the lookup of another listener's topics, so that the caller need not wait
     * too.
     */
    boolean isUnavailable() {
        return unavailable.get();
    }

    @Override
    public synchronized void close() {
        controlReader.close();
        producer.close();
        if (admin != null) {
            admin.close(CLOSE_TIMEOUT);
        }
    }

    /**
     * Creates a consumer for manual assignment and commits, which starts at the earliest offset unless the group has
     * committed one.
     */
    Consumer<byte[], byte[]> consumer(String group) {
        return consumer(Map.of(ConsumerConfig.GROUP_ID_CONFIG, group));
    }

    /** Creates a consumer of no group, which starts at the earliest offset. */
    Consumer<byte[], byte[]> consumer() {
        return consumer(Map.of());
    }

    private Consumer<byte[], byte[]> consumer(Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(connection);
        config.putAll(more);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CONSUMER_TIMEOUT_MILLIS);
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, CONSUMER_TIMEOUT_MILLIS);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Returns the properties of a producer that waits for all in-sync replicas, blocks for at most 5 s and delivers a
     * record within 10 s.
     */
    Map<String, Object> producerConfig(int maxRequestBytes) {
        Map<String, Object> config = new HashMap<>(connection);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRequestBytes);
        return config;
    }
}
