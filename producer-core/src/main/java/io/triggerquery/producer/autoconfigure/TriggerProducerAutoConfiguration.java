package io.triggerquery.producer.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.handoff.StrategyPublisher;
import io.triggerquery.producer.kafka.KafkaTriggerSender;
import io.triggerquery.producer.metrics.MicrometerRelayListener;
import io.triggerquery.producer.metrics.ProducerGauges;
import io.triggerquery.producer.outbox.OutboxStrategy;
import io.triggerquery.producer.outbox.PostgresTriggerTable;
import io.triggerquery.producer.relay.Dispatch;
import io.triggerquery.producer.relay.RelayListener;
import io.triggerquery.producer.relay.RelaySettings;
import io.triggerquery.producer.relay.TriggerRelay;
import io.triggerquery.producer.sending.TriggerSender;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives an application its {@link TriggerPublisher}, and the relay behind it. */
@AutoConfiguration(
        after = KafkaAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
        })
@ConditionalOnMissingBean(TriggerPublisher.class)
@EnableConfigurationProperties(TriggerProducerProperties.class)
public final class TriggerProducerAutoConfiguration {

    @Bean
    PostgresTriggerTable triggerTable(DataSource dataSource) {
        return new PostgresTriggerTable(dataSource);
    }

    // not a ProducerFactory bean: the application's own would back off
    @Bean
    @ConditionalOnMissingBean
    TriggerSender triggerSender(
            TriggerProducerProperties properties, KafkaProperties kafka, KafkaConnectionDetails connection) {
        return new KafkaTriggerSender(KafkaConnection.of(kafka, connection), properties.topics());
    }

    @Bean
    TriggerRelay triggerRelay(
            PostgresTriggerTable table,
            TriggerSender sender,
            TriggerProducerProperties properties,
            ObjectProvider<RelayListener> listener) {
        return new TriggerRelay(
                "trigger-outbox-relay",
                table,
                new Dispatch(sender, RelaySettings.LEASE),
                properties.topics().names(),
                properties.outboxSettings(),
                listener.getIfAvailable(() -> RelayListener.NONE));
    }

    @Bean
    TriggerPublisher triggerPublisher(
            PostgresTriggerTable table, TriggerProducerProperties properties, TriggerRelay relay) {
        OutboxStrategy outbox = new OutboxStrategy(table::insert, relay::wakeUp);
        return new StrategyPublisher(
                properties.topics().names().stream().collect(Collectors.toMap(name -> name, name -> outbox)));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class Meters {

        @Bean
        @ConditionalOnBean(MeterRegistry.class)
        @ConditionalOnMissingBean
        RelayListener triggerMeters(MeterRegistry registry) {
            return new MicrometerRelayListener(registry);
        }

        @Bean
        @ConditionalOnBean(MeterRegistry.class)
        ProducerGauges triggerGauges(MeterRegistry registry, TriggerRelay relay) {
            return new ProducerGauges(registry, Map.of("outbox", relay), System::nanoTime);
        }
    }
}
