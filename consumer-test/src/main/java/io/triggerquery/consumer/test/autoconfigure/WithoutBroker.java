package io.triggerquery.consumer.test.autoconfigure;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.kafka.config.AbstractKafkaListenerContainerFactory;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Prevents containers from starting and topics from being created, including those of the application's own factories.
 */
final class WithoutBroker implements BeanPostProcessor {

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof KafkaAdmin admin) {
            admin.setAutoCreate(false);
        } else if (bean instanceof AbstractKafkaListenerContainerFactory<?, ?, ?> factory) {
            factory.setAutoStartup(false);
        }
        return bean;
    }
}
