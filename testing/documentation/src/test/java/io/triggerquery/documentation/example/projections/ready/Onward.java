package io.triggerquery.documentation.example.projections.ready;

import io.triggerquery.consumer.projection.ProjectionChangeListener;
import io.triggerquery.producer.TriggerPublisher;
import org.springframework.context.annotation.Bean;

class Onward {

    @Bean
    ProjectionChangeListener<Billing> onward(TriggerPublisher triggers) {
        return changes -> changes.forEach(change -> triggers.publish("payment-changed", change.id()));
    }
}
