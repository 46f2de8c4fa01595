package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.failure.Causes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka cluster of a listener: its connection settings and the clients for lookups. Its listeners share one {@link
 * Admin} and one {@link SynchronousProducer}, both made when they are first needed.
 *
 * <p>Takes addresses and security over from the consumer's properties, whatever they are called, and leaves out what
 * concerns consumers alone.
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
    private final AtomicBoolean away = new AtomicBoolean();
    private @Nullable Admin admin;

    Cluster(Map<String, Object> consumerConfig) {
        this.connection = connection(consumerConfig);
        this.ownTopics = new ManagedTopics(this);
        this.producer = new SynchronousProducer(this, ownTopics);
    }

    /** What of a consumer's properties concerns its connections; consumers for which it is equal share a cluster. */
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
     * The one client for questions. Not to be closed by who asks.
     *
     * @throws org.apache.kafka.common.KafkaException if it cannot be made, for example because no address can be
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
     * Where logs begin or end. Completes with those that are known, exceptionally if the broker does not answer.
     *
     * @throws org.apache.kafka.common.KafkaException if there is no client to ask with
     */
    CompletionStage<Map<TopicPartition, Long>> ends(Map<TopicPartition, OffsetSpec> which) {
        ListOffsetsResult asked = admin().listOffsets(which);
        Map<TopicPartition, Long> known = new ConcurrentHashMap<>();
        CompletableFuture<?>[] answers = which.keySet().stream()
                .map(partition -> asked.partitionResult(partition)
                        .toCompletionStage()
                        .<@Nullable Void>handle((found, failure) -> {
                            if (found != null) {
                                known.put(partition, found.offset());
                            } else if (!(Causes.of(failure) instanceof UnknownTopicOrPartitionException)) {
                                throw new CompletionException(failure);
                            }
                            return null;
                        })
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(answers).thenApply(all -> known);
    }

    /** Creates the topics that its listeners write to. */
    ManagedTopics ownTopics() {
        return ownTopics;
    }

    /** Sends what its listeners put aside. */
    SynchronousProducer producer() {
        return producer;
    }

    /** Takes note that no broker has answered. Returns whether that is news. */
    boolean markAway() {
        return away.compareAndSet(false, true);
    }

    /** Whether no broker has answered when the first listener's topics were looked up, so that others need not wait. */
    boolean isAway() {
        return away.get();
    }

    @Override
    public synchronized void close() {
        producer.close();
        if (admin != null) {
            admin.close(CLOSE_TIMEOUT);
        }
    }

    /** A consumer that is given its partitions by hand, begins at the earliest, and commits to the group when told to. */
    Consumer<byte[], byte[]> consumer(String group) {
        Map<String, Object> config = new HashMap<>(connection);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CONSUMER_TIMEOUT_MILLIS);
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, CONSUMER_TIMEOUT_MILLIS);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** For a producer whose records are certain once they are acknowledged, and which does not block for long. */
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
