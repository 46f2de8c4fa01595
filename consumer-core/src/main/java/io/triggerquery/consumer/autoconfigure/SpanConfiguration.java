package io.triggerquery.consumer.autoconfigure;

import feign.micrometer.MicrometerObservationCapability;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.triggerquery.consumer.internal.metrics.RoundLinks;
import io.triggerquery.consumer.internal.metrics.Spans;
import io.triggerquery.consumer.spi.TriggerObservationConvention;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Provides the observations of rounds, queries and projections. */
@Configuration(proxyBeanMethods = false)
final class SpanConfiguration {

    private static final String MAX_LINKS = "triggerquery.tracing.max-links";

    @Bean
    Spans triggerSpans(
            ObjectProvider<ObservationRegistry> registries,
            TriggerObservationConvention convention,
            TriggerQueryProperties properties) {
        return new Spans(
                registries.getIfAvailable(() -> ObservationRegistry.NOOP),
                convention,
                properties.tracing().toSettings());
    }

    @Bean
    @ConditionalOnMissingBean
    TriggerObservationConvention triggerObservationConvention() {
        return new TriggerObservationConvention() {};
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MicrometerObservationCapability.class)
    static class WithFeignSpans {

        /** Creates a span for each call, and adds its trace to the request. */
        @Bean
        @ConditionalOnMissingBean
        MicrometerObservationCapability triggerSourceSpans(ObjectProvider<ObservationRegistry> registries) {
            return new MicrometerObservationCapability(registries.getIfAvailable(() -> ObservationRegistry.NOOP));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(LinksAreOn.class)
    @ConditionalOnClass(Tracer.class)
    static class WithLinks {

        /** Comes before Spring Boot's handlers, of which the first one that supports a context starts its span. */
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        RoundLinks triggerRoundLinks(ObjectProvider<Tracer> tracers, ObjectProvider<Propagator> propagators) {
            Tracer tracer = tracers.getIfAvailable(() -> {
                throw withoutTracing();
            });
            // tests of an application have a tracer that does nothing, and no propagator
            return new RoundLinks(tracer, propagators.getIfAvailable(() -> Propagator.NOOP));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(LinksAreOn.class)
    @ConditionalOnMissingClass("io.micrometer.tracing.Tracer")
    static class WithoutTracing {

        WithoutTracing() {
            throw withoutTracing();
        }
    }

    static final class LinksAreOn implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !context.getEnvironment().getProperty(MAX_LINKS, "0").equals("0");
        }
    }

    private static FailureAnalyzedException withoutTracing() {
        return new FailureAnalyzedException(
                MAX_LINKS + " is set, but there is no io.micrometer.tracing.Tracer, so spans have no links.",
                "Add spring-boot-starter-opentelemetry, or remove the setting.");
    }
}
