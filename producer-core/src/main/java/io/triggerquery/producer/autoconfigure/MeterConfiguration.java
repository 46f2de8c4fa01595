package io.triggerquery.producer.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.internal.metrics.CountingPublisher;
import io.triggerquery.producer.internal.metrics.MicrometerRelayListener;
import io.triggerquery.producer.internal.metrics.ProducerGauges;
import io.triggerquery.producer.internal.relay.TriggerRelay;
import io.triggerquery.producer.internal.sending.Destinations;
import io.triggerquery.producer.internal.spool.SpoolSettings;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Provides the meters if there is a registry. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(type = "io.micrometer.core.instrument.MeterRegistry")
final class MeterConfiguration {

    @Bean
    MicrometerRelayListener triggerSendMeters(MeterRegistry registry, Destinations destinations) {
        return new MicrometerRelayListener(registry, destinations.names());
    }

    @Bean
    ProducerGauges triggerGauges(
            MeterRegistry registry, ProducerStrategies strategies, TriggerProducerProperties properties) {
        ProducerGauges gauges = new ProducerGauges(registry, strategies.relays().byStrategy(), System::nanoTime);
        SpoolSettings spool = properties.diskQueue().settings();
        strategies.spoolBytes().ifPresent(bytes -> gauges.registerSpool(bytes, spool.maxBytes(), spool.maxEntries()));
        return gauges;
    }

    @Bean
    BiConsumer<String, TriggerRelay> triggerGaugesOfRelays(ProducerGauges gauges) {
        return gauges::register;
    }

    @Bean
    UnaryOperator<TriggerPublisher> triggerPublishMeter(MeterRegistry registry, Destinations destinations) {
        return publisher -> new CountingPublisher(publisher, registry, destinations.names());
    }
}
