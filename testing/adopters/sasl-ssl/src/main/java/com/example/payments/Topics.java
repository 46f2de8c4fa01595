package com.example.payments;

import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.TopicBuilder;

@Configuration(proxyBeanMethods = false)
class Topics {

    @Bean
    NewTopic billingChanged() {
        return TopicBuilder.name("billing.billing-changed").partitions(2).build();
    }
}
