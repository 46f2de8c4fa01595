package io.triggerquery.producer.internal.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Builds the producer settings: the application's connection settings, then those of {@code
 * triggerquery.producer.kafka.properties}, then those that the relay depends on.
 */
final class TriggerProducerConfig {

    static final int MAX_BLOCK_MS = 1_000;
    static final int DELIVERY_TIMEOUT_MS = 4_500;
    private static final int REQUEST_TIMEOUT_MS = 3_000;
    private static final int MAX_LINGER_MS = DELIVERY_TIMEOUT_MS - REQUEST_TIMEOUT_MS;
    private static final int LINGER_MS = 5;

    /** Large enough for every trigger: an id has at most 256 characters, and a topic's name at most 249. */
    private static final long MIN_BYTES = 16 << 10;

    private static final String PROPERTY = "triggerquery.producer.kafka.properties.";

    private static final List<String> CONNECTION = List.of(
            "bootstrap.servers",
            "client.id",
            "client.dns.lookup",
            "connections.",
            "reconnect.",
            "metadata.",
            "socket.",
            "send.buffer.bytes",
            "receive.buffer.bytes",
            "security.",
            "ssl.",
            "sasl.",
            AbstractConfig.CONFIG_PROVIDERS_CONFIG);

    private static final Map<String, Object> FIXED = Map.of(
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            StringSerializer.class,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            StringSerializer.class,
            // without a broker a send blocks its thread for this long, also on a producer with metadata
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            MAX_BLOCK_MS,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            DELIVERY_TIMEOUT_MS,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            REQUEST_TIMEOUT_MS);

    /** Settings that contradict idempotence or need transactions. */
    private static final Set<String> NEVER = Set.of(
            ProducerConfig.RETRIES_CONFIG,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);

    private TriggerProducerConfig() {}

    /**
     * Returns the complete settings. Throws an {@link IllegalArgumentException}, whose message contains no value, if
     * they cannot work.
     *
     * @param application the application's producer settings
     * @param own the settings for triggers
     */
    static Map<String, Object> of(Map<String, Object> application, Map<String, String> own) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        application.forEach((name, value) -> {
            if (isConnection(name)) {
                config.put(name, value);
            }
        });
        new TreeMap<>(own).forEach((name, value) -> {
            refuse(name);
            config.put(name, value);
        });
        // a client id shared with the application's producer would collide in JMX
        config.put(
                ProducerConfig.CLIENT_ID_CONFIG,
                config.getOrDefault(ProducerConfig.CLIENT_ID_CONFIG, "trigger-query") + "-triggers");
        config.putAll(FIXED);
        check(config);
        return config;
    }

    /**
     * Returns whether the setting is copied. A name that the producer does not know is: an extension of its security
     * may use it.
     */
    private static boolean isConnection(String name) {
        return CONNECTION.stream().anyMatch(name::startsWith)
                || !ProducerConfig.configNames().contains(name);
    }

    private static void refuse(String name) {
        if (FIXED.containsKey(name) || NEVER.contains(name)) {
            throw new IllegalArgumentException(PROPERTY + name
                    + " cannot be set: the delivery guarantee and the longest time of a send depend on it. Remove it.");
        }
        if (!ProducerConfig.configNames().contains(name)) {
            throw new IllegalArgumentException(
                    PROPERTY + name + " is not a setting of Kafka's producer and has no effect. Correct its name.");
        }
    }

    private static void check(Map<String, Object> config) {
        AbstractConfig parsed;
        try {
            parsed = new AbstractConfig(ProducerConfig.configDef(), config, false);
        } catch (KafkaException e) {
            throw new IllegalArgumentException("The Kafka setting " + named(e, config)
                    + " cannot be used by the producer of triggers. Its value is not repeated here because it"
                    + " may be a secret."
                    + " Correct it under triggerquery.producer.kafka.properties or spring.kafka.");
        }
        long buffer = parsed.getLong(ProducerConfig.BUFFER_MEMORY_CONFIG);
        if (buffer < MIN_BYTES || parsed.getInt(ProducerConfig.MAX_REQUEST_SIZE_CONFIG) < MIN_BYTES) {
            throw new IllegalArgumentException(PROPERTY + "buffer.memory and max.request.size must be at least "
                    + MIN_BYTES + " bytes, so that every trigger fits. Raise them.");
        }
        if (parsed.getInt(ProducerConfig.BATCH_SIZE_CONFIG) > buffer) {
            throw new IllegalArgumentException(PROPERTY + "batch.size is larger than buffer.memory, so every send"
                    + " would fail. Lower batch.size or raise buffer.memory.");
        }
        if (parsed.getLong(ProducerConfig.LINGER_MS_CONFIG) > MAX_LINGER_MS) {
            throw new IllegalArgumentException(PROPERTY + "linger.ms must be at most " + MAX_LINGER_MS
                    + ", or a send takes longer than the relay waits. Lower it.");
        }
    }

    /** Returns the name in Kafka's message, which also contains the value. */
    private static String named(KafkaException e, Map<String, Object> config) {
        String message = String.valueOf(e.getMessage());
        return config.keySet().stream()
                .filter(name -> message.contains("configuration " + name + ":"))
                .findFirst()
                .orElse("of a class or a provider");
    }

    /** Returns the settings of a producer that sends each record as soon as it can. */
    static Map<String, Object> withoutBatches(Map<String, Object> config) {
        Map<String, Object> single = new HashMap<>(config);
        single.put(ProducerConfig.BATCH_SIZE_CONFIG, 0);
        single.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        single.put(ProducerConfig.CLIENT_ID_CONFIG, config.get(ProducerConfig.CLIENT_ID_CONFIG) + "-single");
        return single;
    }
}
