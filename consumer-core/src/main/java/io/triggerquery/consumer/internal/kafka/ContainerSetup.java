package io.triggerquery.consumer.internal.kafka;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.config.ContainerPostProcessor;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.ContainerProperties.AssignmentCommitOption;

/** Configures a container of the application's factory for manual commits. */
final class ContainerSetup
        implements ContainerPostProcessor<byte[], byte[], ConcurrentMessageListenerContainer<byte[], byte[]>> {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    /**
     * The maximum time until a settled offset is committed while no record arrives. It equals Kafka's default of
     * fetch.max.wait.ms, so that an idle consumer does not wake up more often than without it.
     */
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(500);

    /**
     * The default of metadata.max.age.ms, after which a new topic or partition is found; Kafka's own default is five
     * minutes.
     */
    private static final String METADATA_MAX_AGE_MILLIS = "60000";

    private static final Duration AUTHORIZATION_RETRY = Duration.ofSeconds(1);
    private static final Duration STOP_MARGIN = Duration.ofSeconds(5);

    private final TriggerMessageListener listener;
    private final PartitionHandover handover;
    private final Duration drainTimeout;
    private final Map<String, Object> consumerConfig;
    private final Map<String, String> ownProperties;
    private final Reading reading;

    /**
     * Creates the setup.
     *
     * @param consumerConfig the properties of the consumers, as the application has set them
     * @param ownProperties those of them that the listener has set
     */
    ContainerSetup(
            TriggerMessageListener listener,
            PartitionHandover handover,
            Duration drainTimeout,
            Map<String, Object> consumerConfig,
            Map<String, String> ownProperties,
            Reading reading) {
        this.listener = listener;
        this.handover = handover;
        this.drainTimeout = drainTimeout;
        this.consumerConfig = consumerConfig;
        this.ownProperties = ownProperties;
        this.reading = reading;
    }

    @Override
    public void postProcess(ConcurrentMessageListenerContainer<byte[], byte[]> container) {
        ContainerProperties properties = container.getContainerProperties();
        checkFactoryParts(container);
        properties.setAckMode(AckMode.MANUAL);
        properties.setAsyncAcks(false);
        properties.setSyncCommits(true);
        properties.setAssignmentCommitOption(AssignmentCommitOption.NEVER); // see InitialOffsets
        dropTransactions(properties);
        properties.setConsumerRebalanceListener(handover);
        properties.setPollTimeout(POLL_TIMEOUT.toMillis());
        properties.setPauseImmediate(false); // all polled records are passed on before the next poll
        properties.setShutdownTimeout(drainTimeout.plus(STOP_MARGIN).toMillis());
        if (properties.getAuthExceptionRetryInterval() == null) {
            properties.setAuthExceptionRetryInterval(AUTHORIZATION_RETRY);
        }
        properties.setKafkaConsumerProperties(consumerProperties(properties.getKafkaConsumerProperties()));
        var errors = new ReadErrors(reading.failures());
        container.setCommonErrorHandler(errors);
        errors.watchAuthentication(container);
        container.setRecordInterceptor(
                new ConsumerWatch(listener, reading.commits(), reading.failures(), container.getRecordInterceptor()));
    }

    /** Rejects parts of the factory that decide about records, and logs those that the listener replaces. */
    private static void checkFactoryParts(ConcurrentMessageListenerContainer<byte[], byte[]> container) {
        if (container.getBatchInterceptor() != null) {
            throw ListenerEndpoint.refused(container.getListenerId(), "BatchInterceptor");
        }
        ContainerProperties properties = container.getContainerProperties();
        Map<String, @Nullable Object> parts = new LinkedHashMap<>();
        parts.put("CommonErrorHandler", container.getCommonErrorHandler());
        parts.put("ConsumerRebalanceListener", properties.getConsumerRebalanceListener());
        parts.put("KafkaAwareTransactionManager", properties.getKafkaAwareTransactionManager());
        parts.put("OffsetCommitCallback", properties.getCommitCallback());
        parts.values().removeIf(Objects::isNull);
        if (!parts.isEmpty()) {
            log.atWarn()
                    .addKeyValue("listener", container.getListenerId())
                    .log(
                            "{}: the listener replaces these parts of its container factory, which are not called: {}",
                            container.getListenerId(),
                            String.join(", ", parts.keySet()));
        }
    }

    /**
     * Removes transactions, in which the container would commit each record when the listener returns, acknowledged or
     * not.
     */
    @SuppressWarnings("deprecation") // the container still reads both
    private static void dropTransactions(ContainerProperties properties) {
        properties.setKafkaAwareTransactionManager(null);
        properties.setTransactionManager(null);
        properties.setFixTxOffsets(false);
    }

    private Properties consumerProperties(Properties given) {
        Properties properties = new Properties();
        properties.putAll(given);
        properties.putAll(ownProperties);
        properties.setProperty(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.setProperty(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        if (consumerConfig.get(ConsumerConfig.MAX_POLL_RECORDS_CONFIG) == null) {
            properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(listener.pollRecords()));
        }
        if (consumerConfig.get(ConsumerConfig.METADATA_MAX_AGE_CONFIG) == null) {
            properties.setProperty(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MAX_AGE_MILLIS);
        }
        if (consumerConfig.get(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG) == null) {
            // Kafka's own default, latest, skips records sent before a group or a new partition is first read
            properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        }
        boolean newProtocol = GroupProtocol.CONSUMER
                .name()
                .equalsIgnoreCase(String.valueOf(consumerConfig.get(ConsumerConfig.GROUP_PROTOCOL_CONFIG)));
        if (newProtocol && consumerConfig.get(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG) == null) {
            // the broker's default, uniform, counts the partitions of both topics together: one member may get all
            // partitions of the trigger topic, and another only those of the retry topic
            properties.setProperty(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG, "range");
        }
        return properties;
    }
}
