package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.AlarmHook;
import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.internal.actuate.OperationLog;
import io.triggerquery.producer.internal.alarm.AlarmingListener;
import io.triggerquery.producer.internal.alarm.CompositeAlarmHook;
import io.triggerquery.producer.internal.alarm.LogAlarm;
import io.triggerquery.producer.internal.alarm.WebhookAlarm;
import io.triggerquery.producer.internal.declarative.PublishTriggerConfiguration;
import io.triggerquery.producer.internal.handoff.Strategy;
import io.triggerquery.producer.internal.handoff.StrategyPublisher;
import io.triggerquery.producer.internal.handoff.TransactionWatch;
import io.triggerquery.producer.internal.kafka.KafkaTriggerSender;
import io.triggerquery.producer.internal.kafka.SendObserver;
import io.triggerquery.producer.internal.outbox.TriggerTable;
import io.triggerquery.producer.internal.relay.CompositeRelayListener;
import io.triggerquery.producer.internal.relay.RelayListener;
import io.triggerquery.producer.internal.relay.TriggerRelay;
import io.triggerquery.producer.internal.relay.TriggerRelays;
import io.triggerquery.producer.internal.report.UndeliveredListener;
import io.triggerquery.producer.internal.report.UndeliveredReport;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.Destinations;
import io.triggerquery.producer.internal.sending.TriggerSender;
import io.triggerquery.producer.internal.settings.UnknownProducerSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Provides a {@code TriggerPublisher} and the strategies behind it. Beans of type {@link AlarmHook}, {@link
 * RelayListener} and {@link UndeliveredListener} are notified.
 */
@AutoConfiguration(
        after = KafkaAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
        })
@ConditionalOnMissingBean(TriggerPublisher.class)
@EnableConfigurationProperties(TriggerProducerProperties.class)
@Import({
    PublishTriggerConfiguration.class,
    MeterConfiguration.class,
    SendSpanConfiguration.class,
    ActuatorConfiguration.class
})
public final class TriggerProducerAutoConfiguration {

    /**
     * Checks the settings before any bean is created. Other settings below {@code triggerquery} belong to the consumer.
     */
    @Bean
    static BeanFactoryPostProcessor triggerUnknownProducerSettings(Environment environment) {
        ConfigurationPropertyName prefix = ConfigurationPropertyName.of(TriggerProducerProperties.PREFIX);
        return beans -> new UnknownProducerSettings(environment)
                .reads(TriggerProducerProperties.PREFIX, TriggerProducerProperties.class)
                .check(name -> prefix.isAncestorOf(name) || UnknownProducerSettings.resembles(name, prefix));
    }

    @Bean
    OutboxStartCheck triggerOutboxStartCheck(
            TriggerProducerProperties properties, Application application, ObjectProvider<DataSource> database) {
        return new OutboxStartCheck(properties.using(StrategyName.OUTBOX), application, () -> database.getIfUnique());
    }

    @Bean
    static TransactionWatch triggerTransactionWatch() {
        return new TransactionWatch();
    }

    @Bean
    Destinations triggerDestinations(TriggerProducerProperties properties) {
        return properties.topics();
    }

    // not a ProducerFactory bean, because Spring Boot's own would then not be created
    @Bean
    @ConditionalOnMissingBean
    TriggerSender triggerSender(
            TriggerProducerProperties properties,
            KafkaProperties kafka,
            KafkaConnectionDetails connection,
            ObjectProvider<SendObserver> observer) {
        try {
            return new KafkaTriggerSender(
                    KafkaConnection.of(kafka, connection),
                    properties.kafka().properties(),
                    properties.topics(),
                    InstantSource.system(),
                    observer.getIfAvailable(() -> SendObserver.NONE));
        } catch (IllegalArgumentException e) {
            throw new FailureAnalyzedException(String.valueOf(e.getMessage()), "Correct the setting.", e);
        }
    }

    @Bean
    LogAlarm triggerLogAlarm() {
        return new LogAlarm();
    }

    @Bean
    @ConditionalOnProperty(TriggerProducerProperties.PREFIX + ".alarm.webhook")
    WebhookAlarm triggerWebhookAlarm(TriggerProducerProperties properties, Application application) {
        return new WebhookAlarm(
                properties.alarm().requiredWebhook(), application.isUnnamed() ? "application" : application.name());
    }

    @Bean
    AlarmingListener triggerAlarms(List<AlarmHook> hooks) {
        return new AlarmingListener(hooks, System::nanoTime);
    }

    @Bean
    UndeliveredReport undeliveredTriggers(List<UndeliveredListener> listeners) {
        return new UndeliveredReport(InstantSource.system(), listeners);
    }

    @Bean
    SpoolFailureAlarm triggerSpoolAlarm(
            List<AlarmHook> hooks, TriggerProducerProperties properties, UndeliveredReport report) {
        return new SpoolFailureAlarm(
                new CompositeAlarmHook(hooks), properties.diskQueue().path(), report);
    }

    @Bean
    ProducerStrategies triggerStrategies(
            TriggerProducerProperties properties,
            TriggerSender sender,
            List<RelayListener> listeners,
            UndeliveredReport report,
            Stores stores) {
        StrategyFactory factory =
                new StrategyFactory(properties, sender, CompositeRelayListener.of(listeners), report, stores);
        return new ProducerStrategies(properties.used(), factory);
    }

    /** Is here and not in the configuration of the actuator, because the console operates without it. */
    @Bean
    OperationLog triggerProducerAudit() {
        return new OperationLog(InstantSource.system());
    }

    @Bean
    TriggerRelays triggerRelays(ProducerStrategies strategies) {
        return strategies.relays();
    }

    @Bean
    Application triggerApplication(TriggerProducerProperties properties, Environment environment) {
        return properties.application(environment);
    }

    @Bean
    Stores triggerStores(
            TriggerProducerProperties properties,
            SpoolFailureAlarm spoolAlarm,
            Application application,
            ObjectProvider<TriggerTable> table,
            ObjectProvider<DataSource> database) {
        return new Stores(
                properties.diskQueue().settings(),
                spoolAlarm,
                application,
                () -> table.getIfAvailable(() -> new TriggerTable(required(database), application)),
                () -> database.getIfUnique());
    }

    @Bean
    UnusedStores triggersInUnusedStores(
            TriggerProducerProperties properties,
            Stores stores,
            ProducerStrategies strategies,
            List<AlarmHook> hooks,
            ObjectProvider<BiConsumer<String, TriggerRelay>> gauges) {
        return new UnusedStores(
                properties.used(), stores, strategies, new CompositeAlarmHook(hooks), gauges.getIfAvailable(() ->
                        (strategy, relay) -> {}));
    }

    private static DataSource required(ObjectProvider<DataSource> database) {
        DataSource dataSource = database.getIfUnique();
        if (dataSource == null) {
            throw new InvalidConfigurationPropertyValueException(
                    TriggerProducerProperties.PREFIX + ".strategy",
                    StrategyName.OUTBOX.property(),
                    "The outbox is a table of the business database, but there is no DataSource, or there are several"
                            + " and none is primary.");
        }
        return dataSource;
    }

    @Bean
    TriggerPublisher triggerPublisher(
            TriggerProducerProperties properties,
            ProducerStrategies strategies,
            UndeliveredReport report,
            ObjectProvider<UnaryOperator<TriggerPublisher>> decorator) {
        Map<String, Strategy> byDestination = properties.destinations().keySet().stream()
                .collect(Collectors.toMap(name -> name, name -> strategies.chain(properties.chain(name), report)));
        TriggerPublisher publisher = new StrategyPublisher(byDestination);
        return decorator.getIfAvailable(UnaryOperator::identity).apply(publisher);
    }
}
