package io.triggerquery.bench.peer;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

/** Creates containers as in spring-kafka's documentation, with its defaults unless stated otherwise. */
final class SpringKafka {

    private SpringKafka() {}

    /** Returns a consumer's configuration, without auto commit, from the beginning of the topic. */
    static Map<String, Object> consumer(PeerSettings.Topic topic) {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, topic.bootstrap());
        config.put(ConsumerConfig.GROUP_ID_CONFIG, topic.group());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        return config;
    }

    /** Creates a container that retries failures without end. */
    static ConcurrentMessageListenerContainer<String, String> container(
            PeerSettings settings, Map<String, Object> consumer, ContainerProperties properties) {
        var container = new ConcurrentMessageListenerContainer<String, String>(
                new DefaultKafkaConsumerFactory<>(consumer), properties);
        container.setCommonErrorHandler(new DefaultErrorHandler(
                new FixedBackOff(settings.limits().retryPause().toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS)));
        return container;
    }
}
