package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.internal.actuate.OperationLog;
import io.triggerquery.producer.internal.actuate.RequestUser;
import io.triggerquery.producer.internal.actuate.TriggerProducerEndpoint;
import io.triggerquery.producer.internal.actuate.TriggerProducerHealthIndicator;
import io.triggerquery.producer.internal.actuate.TriggerProducerWebExtension;
import io.triggerquery.producer.internal.relay.TriggerRelays;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Provides the endpoint and the health indicator. */
@Configuration(proxyBeanMethods = false)
final class ActuatorConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
    static class WithEndpoints {

        @Bean
        @ConditionalOnAvailableEndpoint
        TriggerProducerEndpoint triggerProducerEndpoint(TriggerRelays relays, OperationLog audit) {
            return new TriggerProducerEndpoint(relays.byStrategy(), audit);
        }

        @Bean
        @ConditionalOnBean(TriggerProducerEndpoint.class)
        RequestUser triggerProducerRequestUser() {
            return new RequestUser();
        }

        @Bean
        @ConditionalOnBean(TriggerProducerEndpoint.class)
        @ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
        TriggerProducerWebExtension triggerProducerWebExtension(TriggerProducerEndpoint endpoint) {
            return new TriggerProducerWebExtension(endpoint);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    static class WithHealth {

        @Bean
        @ConditionalOnEnabledHealthIndicator("triggerproducer")
        TriggerProducerHealthIndicator triggerProducerHealthIndicator(
                TriggerRelays relays, SpoolFailureAlarm spoolAlarm) {
            return new TriggerProducerHealthIndicator(relays.byStrategy(), spoolAlarm::currentFailure);
        }
    }
}
