package io.triggerquery.demo.support;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Declares the topics of both services, so that the services may start in any order.
 *
 * <p>Spring creates them once, at the start. If no broker answers then, the start continues and this class retries
 * until one does.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "spring.kafka.listener.auto-startup", matchIfMissing = true)
final class Topics {

    private final KafkaAdmin admin;
    private boolean declared;

    Topics(KafkaAdmin admin) {
        this.admin = admin;
    }

    @Bean
    static NewTopic paymentChangedTopic() {
        return TopicBuilder.name("payment.payment-changed").partitions(12).build();
    }

    @Bean
    static NewTopic billingChangedTopic() {
        return TopicBuilder.name("billing.billing-changed").partitions(12).build();
    }

    @Scheduled(fixedDelay = 3, timeUnit = TimeUnit.SECONDS)
    void declare() {
        if (!declared) {
            declared = admin.initialize();
        }
    }
}
