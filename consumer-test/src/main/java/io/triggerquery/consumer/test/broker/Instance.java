package io.triggerquery.consumer.test.broker;

import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * A running instance of the application.
 *
 * @param context the application context
 * @param listenerId the id of the listener
 * @param topics the topics of the listener
 * @param group the consumer group of the listener
 */
record Instance(ConfigurableApplicationContext context, String listenerId, List<String> topics, String group)
        implements AutoCloseable {

    MessageListenerContainer container() {
        MessageListenerContainer container =
                context.getBean(KafkaListenerEndpointRegistry.class).getListenerContainer(listenerId);
        if (container == null) {
            throw new IllegalStateException(
                    "The application has no trigger listener '" + listenerId + "'. Make its class a bean.");
        }
        return container;
    }

    @Override
    public void close() {
        context.close();
    }
}
