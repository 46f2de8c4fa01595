package io.triggerquery.producer.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import io.triggerquery.producer.internal.metrics.SendSpans;
import io.triggerquery.producer.spi.TriggerSendObservationConvention;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Provides the spans of sends, if they are switched on. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(SendSpanConfiguration.ENABLED)
final class SendSpanConfiguration {

    static final String ENABLED = TriggerProducerProperties.PREFIX + ".tracing.enabled";

    @Bean
    SendSpans triggerSendSpans(
            ObjectProvider<ObservationRegistry> registries, TriggerSendObservationConvention convention) {
        return new SendSpans(
                registries.getIfAvailable(() -> {
                    throw new FailureAnalyzedException(
                            ENABLED + " is true, but there is no ObservationRegistry, so there are no spans.",
                            "Add spring-boot-starter-opentelemetry, or remove the setting.");
                }),
                convention);
    }

    @Bean
    @ConditionalOnMissingBean
    TriggerSendObservationConvention triggerSendObservationConvention() {
        return new TriggerSendObservationConvention() {};
    }
}
