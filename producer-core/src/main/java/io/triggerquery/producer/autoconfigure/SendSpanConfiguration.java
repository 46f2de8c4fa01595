package io.triggerquery.producer.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import io.triggerquery.producer.internal.metrics.SendSpans;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Provides the spans of sends, if they are switched on. */
@Configuration(proxyBeanMethods = false)
final class SendSpanConfiguration {

    private static final String ENABLED = TriggerProducerProperties.PREFIX + ".tracing.enabled";

    @Bean
    @ConditionalOnProperty(ENABLED)
    SendSpans triggerSendSpans(ObjectProvider<ObservationRegistry> registries) {
        return new SendSpans(registries.getIfAvailable(() -> {
            throw new FailureAnalyzedException(
                    ENABLED + " is true, but there is no ObservationRegistry, so there are no spans.",
                    "Add spring-boot-starter-opentelemetry, or remove the setting.");
        }));
    }
}
