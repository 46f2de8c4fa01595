package io.triggerquery.producer.internal.declarative;

import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.internal.sending.Destinations;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * Enables {@link io.triggerquery.producer.PublishTrigger} in a context that has a {@link TriggerPublisher}. If
 * there is a bean of type {@link Destinations}, the destinations are checked at the start, else when they are used.
 */
@Configuration(proxyBeanMethods = false)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class PublishTriggerConfiguration {

    // looks its beans up late, because a post-processor is created before other beans
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static PublishTriggerPostProcessor publishTriggerPostProcessor(
            ObjectProvider<TriggerPublisher> publisher,
            ObjectProvider<Destinations> destinations,
            Environment environment) {
        PublishTriggerPostProcessor processor =
                new PublishTriggerPostProcessor(new PublicationReader(destinations), publisher);
        processor.setProxyTargetClass(environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true));
        return processor;
    }
}
