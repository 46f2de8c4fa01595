package io.triggerquery.faultinjection.child;

import io.triggerquery.producer.internal.kafka.KafkaTriggerSender;
import io.triggerquery.producer.internal.kafka.SendObserver;
import io.triggerquery.producer.internal.sending.Destinations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The clock of a service, which sets the timestamps of records and may be wrong. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(Child.OWN_CLOCK)
class OwnClock implements InstantSource {

    private volatile Duration ahead = Duration.ZERO;

    void setAhead(Duration ahead) {
        this.ahead = ahead;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Bean
    KafkaTriggerSender sender(KafkaProperties kafka, Destinations destinations) {
        return new KafkaTriggerSender(kafka.buildProducerProperties(), Map.of(), destinations, this, SendObserver.NONE);
    }
}
