package io.triggerquery.producer.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.kafka.KafkaTriggerSender;
import io.triggerquery.producer.metrics.MicrometerSendCounts;
import io.triggerquery.producer.outbox.OutboxPublisher;
import io.triggerquery.producer.outbox.OutboxRelay;
import io.triggerquery.producer.outbox.OutboxTable;
import io.triggerquery.producer.outbox.PostgresOutboxTable;
import io.triggerquery.producer.outbox.SendCounts;
import io.triggerquery.producer.sending.TriggerSender;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives an application its {@link TriggerPublisher}, and the relay behind it. */
@AutoConfiguration(
        after = {DataSourceAutoConfiguration.class, KafkaAutoConfiguration.class},
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
        })
@ConditionalOnMissingBean(TriggerPublisher.class)
@EnableConfigurationProperties(TriggerProducerProperties.class)
public final class TriggerProducerAutoConfiguration {

    @Bean
    OutboxTable triggerOutboxTable(DataSource dataSource) {
        return new PostgresOutboxTable(dataSource);
    }

    // not a ProducerFactory bean: the application's own would back off
    @Bean
    @ConditionalOnMissingBean
    TriggerSender triggerSender(
            TriggerProducerProperties properties, KafkaProperties kafka, KafkaConnectionDetails connection) {
        return new KafkaTriggerSender(KafkaConnection.of(kafka, connection), properties.topics());
    }

    @Bean
    OutboxRelay triggerOutboxRelay(
            OutboxTable table,
            TriggerSender sender,
            TriggerProducerProperties properties,
            ObjectProvider<SendCounts> counts) {
        return new OutboxRelay(
                table,
                sender,
                properties.topics(),
                properties.outboxSettings(),
                counts.getIfAvailable(() -> SendCounts.NONE));
    }

    @Bean
    TriggerPublisher triggerPublisher(OutboxTable table, TriggerProducerProperties properties, OutboxRelay relay) {
        return new OutboxPublisher(table, properties.topics(), relay::wakeUp);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class Meters {

        @Bean
        @ConditionalOnBean(MeterRegistry.class)
        @ConditionalOnMissingBean
        SendCounts triggerSendCounts(MeterRegistry registry, OutboxTable table) {
            return new MicrometerSendCounts(registry, table, System::nanoTime);
        }
    }
}
