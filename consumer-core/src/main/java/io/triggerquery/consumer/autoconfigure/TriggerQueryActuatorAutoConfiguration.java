package io.triggerquery.consumer.autoconfigure;

import io.triggerquery.consumer.internal.actuate.KnownParameters;
import io.triggerquery.consumer.internal.actuate.RequestPath;
import io.triggerquery.consumer.internal.actuate.Shown;
import io.triggerquery.consumer.internal.actuate.TriggerQueryEndpoint;
import io.triggerquery.consumer.internal.actuate.TriggerQueryHealthIndicator;
import io.triggerquery.consumer.internal.actuate.TriggerQueryWebExtension;
import io.triggerquery.consumer.internal.control.Audit;
import io.triggerquery.consumer.internal.failure.MemoryWatch;
import io.triggerquery.consumer.internal.listener.TriggerListeners;
import java.util.Map;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

/** Provides the endpoint and the health indicator of the listeners. */
@AutoConfiguration(after = TriggerQueryAutoConfiguration.class)
@ConditionalOnBean(TriggerListeners.class)
@EnableConfigurationProperties(TriggerQueryProperties.class)
public final class TriggerQueryActuatorAutoConfiguration {

    /** What operators see, at the endpoint and in the console. */
    @Bean
    Shown triggerShown(TriggerQueryProperties properties) {
        return properties.endpoint().toShown();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SanitizingFunction.class)
    static class WithSanitizing {

        @Bean
        SanitizingFunction triggerSourceSecrets() {
            return new SourceSecrets();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
    static class WithEndpoints {

        @Bean
        @ConditionalOnAvailableEndpoint
        TriggerQueryEndpoint triggerQueryEndpoint(TriggerListeners listeners, Shown shown, Audit audit) {
            return new TriggerQueryEndpoint(listeners::operations, shown, audit);
        }

        @Bean
        @ConditionalOnBean(TriggerQueryEndpoint.class)
        KnownParameters triggerQueryKnownParameters(Audit audit) {
            boolean hasWeb = ClassUtils.isPresent(
                    "org.springframework.web.context.request.RequestContextHolder",
                    TriggerQueryEndpoint.class.getClassLoader());
            return new KnownParameters(audit, hasWeb ? RequestPath::variables : Map::of);
        }

        @Bean
        @ConditionalOnBean(TriggerQueryEndpoint.class)
        @ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
        TriggerQueryWebExtension triggerQueryWebExtension(TriggerQueryEndpoint endpoint) {
            return new TriggerQueryWebExtension(endpoint);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    static class WithHealth {

        @Bean
        @ConditionalOnEnabledHealthIndicator("triggerquery")
        TriggerQueryHealthIndicator triggerQueryHealthIndicator(
                TriggerListeners listeners, TriggerQueryProperties properties, MemoryWatch memory) {
            return new TriggerQueryHealthIndicator(
                    listeners::operations, properties.health().stuckAfter(), System::nanoTime, memory);
        }
    }
}
