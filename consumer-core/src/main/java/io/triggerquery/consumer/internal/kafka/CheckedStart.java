package io.triggerquery.consumer.internal.kafka;

import java.util.regex.Pattern;
import org.springframework.aop.MethodBeforeAdvice;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.kafka.config.KafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpoint;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.TopicPartitionOffset;

/**
 * Creates containers that call a check whenever they are started, if they do not start with the application. Those that
 * do are checked together, before any of them starts.
 *
 * <p>Such a container is a proxy: spring-kafka's containers have no method that is called before they start.
 *
 * @param factory the application's factory
 * @param check throws an exception if the container must not start
 */
record CheckedStart(KafkaListenerContainerFactory<?> factory, Runnable check)
        implements KafkaListenerContainerFactory<MessageListenerContainer> {

    @Override
    public MessageListenerContainer createListenerContainer(KafkaListenerEndpoint endpoint) {
        MessageListenerContainer container = factory.createListenerContainer(endpoint);
        return container.isAutoStartup() ? container : checked(container);
    }

    private MessageListenerContainer checked(MessageListenerContainer container) {
        var proxy = new ProxyFactory(container);
        proxy.addAdvice((MethodBeforeAdvice) (method, arguments, target) -> {
            if (method.getName().equals("start") && !container.isRunning()) {
                check.run();
            }
        });
        return (MessageListenerContainer) proxy.getProxy(container.getClass().getClassLoader());
    }

    @Override
    public MessageListenerContainer createContainer(TopicPartitionOffset... partitions) {
        return factory.createContainer(partitions);
    }

    @Override
    public MessageListenerContainer createContainer(String... topics) {
        return factory.createContainer(topics);
    }

    @Override
    public MessageListenerContainer createContainer(Pattern topics) {
        return factory.createContainer(topics);
    }
}
