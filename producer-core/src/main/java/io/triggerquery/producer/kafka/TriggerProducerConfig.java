package io.triggerquery.producer.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The settings of the triggers' own producer: how to reach the broker is the application's, the rest is fixed, because
 * the relay's promises rest on it.
 */
final class TriggerProducerConfig {

    static final int MAX_BLOCK_MS = 1_000;
    static final int DELIVERY_TIMEOUT_MS = 4_500;
    private static final int REQUEST_TIMEOUT_MS = 3_000;
    private static final int LINGER_MS = 5;
    private static final long BUFFER_BYTES = 4L << 20;

    private TriggerProducerConfig() {}

    static Map<String, Object> over(Map<String, Object> application) {
        Map<String, Object> config = new HashMap<>(application);
        // the application's choice of these could contradict idempotence, or join its transactions
        config.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        config.remove(ProducerConfig.RETRIES_CONFIG);
        config.remove(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        // without a broker a send holds its thread for this long, also on a warm producer
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        // a client id shared with the application's producer would collide in JMX
        config.put(ProducerConfig.CLIENT_ID_CONFIG, clientId(application));
        return config;
    }

    /** For a producer that puts each record into a request of its own. */
    static Map<String, Object> withoutBatches(Map<String, Object> config) {
        Map<String, Object> single = new HashMap<>(config);
        single.put(ProducerConfig.BATCH_SIZE_CONFIG, 0);
        single.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        single.put(ProducerConfig.CLIENT_ID_CONFIG, config.get(ProducerConfig.CLIENT_ID_CONFIG) + "-single");
        return single;
    }

    private static String clientId(Map<String, Object> application) {
        Object own = application.get(ProducerConfig.CLIENT_ID_CONFIG);
        return Objects.requireNonNullElse(own, "trigger-query") + "-triggers";
    }
}
