package io.triggerquery.consumer.test.broker;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * A running instance of the application.
 *
 * @param context its context
 * @param listenerId the listener's id
 * @param topic the listener's topic
 * @param group the listener's group
 */
record Instance(ConfigurableApplicationContext context, String listenerId, String topic, String group)
        implements AutoCloseable {

    MessageListenerContainer container() {
        MessageListenerContainer container =
                context.getBean(KafkaListenerEndpointRegistry.class).getListenerContainer(listenerId);
        if (container == null) {
            throw new IllegalStateException(
                    "the application has no trigger listener '" + listenerId + "'; is its class a bean of it?");
        }
        return container;
    }

    @Override
    public void close() {
        context.close();
    }
}
