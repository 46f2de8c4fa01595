package io.triggerquery.producer.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.triggerquery.producer.FakePublisher;
import io.triggerquery.producer.LogCapture;
import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.internal.kafka.KafkaTriggerSender;
import io.triggerquery.producer.internal.kafka.SendObserver;
import io.triggerquery.producer.internal.relay.RelaySettings;
import io.triggerquery.producer.internal.report.UndeliveredReport;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.TriggerSender;
import io.triggerquery.producer.spi.TriggerSendObservation;
import io.triggerquery.producer.spi.TriggerSendObservationConvention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaTemplate;

class TriggerProducerAutoConfigurationTest {

    @TempDir
    Path directory;

    private ApplicationContextRunner runner;

    @BeforeEach
    void prepare() {
        runner = new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(KafkaAutoConfiguration.class, TriggerProducerAutoConfiguration.class))
                .withBean(
                        TriggerSender.class,
                        () -> trigger -> CompletableFuture.completedFuture(new SendOutcome.Unreachable("no broker")))
                .withPropertyValues(
                        "triggerquery.producer.disk-queue.directory=" + directory,
                        "triggerquery.producer.destinations.payment-changed.topic=payments");
    }

    @Test
    void applicationWithoutDatabaseGetsPublisherAndKeepsItsKafkaTemplate() {
        runner.run(context -> {
            assertThat(context).hasSingleBean(TriggerPublisher.class).hasSingleBean(KafkaTemplate.class);
            ProducerStrategies strategies = context.getBean(ProducerStrategies.class);
            assertThat(strategies.isRunning()).isTrue();
            assertThat(strategies.relays().byStrategy()).containsOnlyKeys("disk-queue");
            TriggerPublisher publisher = context.getBean(TriggerPublisher.class);
            assertThat(publisher.tryPublish("payment-changed", "p-1")).isEqualTo(new Receipt.OnDisk());
            assertThat(publisher.tryPublish("payment-changed", "../x")).isInstanceOf(Receipt.Rejected.class);
        });
    }

    @Test
    void sendsAreTracedOnlyIfEnabled() {
        runner.run(context -> assertThat(context).doesNotHaveBean(SendObserver.class));
        runner.withPropertyValues("triggerquery.producer.tracing.enabled=true")
                .withBean(ObservationRegistry.class, ObservationRegistry::create)
                .run(context -> assertThat(context).hasSingleBean(SendObserver.class));
        runner.withPropertyValues("triggerquery.producer.tracing.enabled=true")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("triggerquery.producer.tracing.enabled is true"));
    }

    @Test
    void conventionBeanReplacesTheDefault() {
        List<TriggerSendObservation> named = new ArrayList<>();
        runner.withPropertyValues("triggerquery.producer.tracing.enabled=true")
                .withBean(ObservationRegistry.class, ObservationRegistry::create)
                .withBean(TriggerSendObservationConvention.class, () -> new TriggerSendObservationConvention() {
                    @Override
                    public String name(TriggerSendObservation observation) {
                        named.add(observation);
                        return "own.send";
                    }
                })
                .run(context -> context.getBean(SendObserver.class)
                        .sending("payment-changed", new ProducerRecord<>("payments", "p-1", "p-1")));
        assertThat(named).containsExactly(new TriggerSendObservation("payment-changed", "payments", "p-1"));
    }

    @Test
    void defaults() {
        runner.run(context -> {
            TriggerProducerProperties properties = context.getBean(TriggerProducerProperties.class);
            assertThat(properties.strategy()).isEqualTo(StrategyName.DISK_QUEUE);
            assertThat(properties.fallback()).isEmpty();
            assertThat(properties.outbox()).isEqualTo(new OutboxProperties(Duration.ofMillis(500), 500));
            assertThat(properties.schedule().pauses())
                    .extracting(Duration::toSeconds)
                    .containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 320L);
            assertThat(properties.schedule().lastPause()).isEqualTo(Duration.ofMinutes(5));
            assertThat(properties.topics().topic("payment-changed")).contains("payments");
        });
    }

    @ParameterizedTest
    @EnumSource
    void eachStrategyStarts(StrategyName strategy) {
        runner.withBean(DataSource.class, NoDatabase::new)
                .withPropertyValues(
                        "triggerquery.producer.strategy=" + strategy.property(),
                        "triggerquery.producer.memory-queue.shutdown-timeout=0s",
                        "triggerquery.producer.relay-service.url=http://127.0.0.1:1",
                        "triggerquery.producer.relay-service.user=billing",
                        "triggerquery.producer.relay-service.password=secret")
                .run(context -> assertThat(
                                context.getBean(ProducerStrategies.class).isRunning())
                        .isTrue());
    }

    @Test
    void destinationsCanHaveTheirOwnStrategyAndFallback() {
        runner.withPropertyValues(
                        "triggerquery.producer.strategy=memory-queue",
                        "triggerquery.producer.fallback=disk-queue",
                        "triggerquery.producer.memory-queue.max-entries=1",
                        "triggerquery.producer.memory-queue.shutdown-timeout=0s",
                        "triggerquery.producer.destinations.report.topic=reports",
                        "triggerquery.producer.destinations.report.strategy=disk-queue",
                        "triggerquery.producer.destinations.report.fallback=")
                .run(context -> {
                    TriggerPublisher publisher = context.getBean(TriggerPublisher.class);
                    assertThat(publisher.tryPublish("payment-changed", "p-1")).isEqualTo(new Receipt.InMemory());
                    assertThat(publisher.tryPublish("payment-changed", "p-2")).isEqualTo(new Receipt.OnDisk());
                    assertThat(publisher.tryPublish("report", "r-1")).isEqualTo(new Receipt.OnDisk());
                });
    }

    @Test
    void triggerThatNoStrategyAcceptsIsRejectedAndReported() {
        runner.withPropertyValues(
                        "triggerquery.producer.strategy=memory-queue",
                        "triggerquery.producer.memory-queue.max-entries=1",
                        "triggerquery.producer.memory-queue.shutdown-timeout=0s")
                .run(context -> {
                    TriggerPublisher publisher = context.getBean(TriggerPublisher.class);
                    publisher.tryPublish("payment-changed", "p-1");
                    try (LogCapture log = LogCapture.of(UndeliveredReport.LOGGER)) {
                        assertThat(publisher.tryPublish("payment-changed", "p-2"))
                                .isInstanceOf(Receipt.Rejected.class);
                        assertThat(log.messages(Level.ERROR))
                                .singleElement()
                                .asString()
                                .contains("p-2");
                    }
                });
    }

    @Test
    void leaseIsLongerThanTheLongestSend() {
        assertThat(RelaySettings.LEASE).isGreaterThan(KafkaTriggerSender.LONGEST_SEND);
    }

    @Test
    void registersMetersIfThereIsARegistry() {
        runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(context -> {
            context.getBean(TriggerPublisher.class).tryPublish("payment-changed", "p-1");
            assertThat(context.getBean(MeterRegistry.class).getMeters())
                    .extracting(meter -> meter.getId().getName())
                    .contains(
                            "triggerquery.producer.pending",
                            "triggerquery.producer.oldest.age",
                            "triggerquery.producer.spool.bytes",
                            "triggerquery.producer.published");
        });
    }

    @Test
    void backsOffForThePublisherOfTheApplication() {
        TriggerPublisher own = new FakePublisher((destination, id) -> new Receipt.Stored());
        runner.withBean(TriggerPublisher.class, () -> own).run(context -> {
            assertThat(context.getBean(TriggerPublisher.class)).isSameAs(own);
            assertThat(context).doesNotHaveBean(ProducerStrategies.class);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "triggerquery.producer.outbox.poll-interval, 1ms",
        "triggerquery.producer.outbox.batch-size, 0",
        "triggerquery.producer.outbox.batch-size, 10001",
        "triggerquery.producer.schedule.last-pause, 2h",
        "triggerquery.producer.schedule.pauses, 0s",
        "triggerquery.producer.schedule.jitter, 2",
        "triggerquery.producer.schedule.drain-per-second, 0",
        "triggerquery.producer.disk-queue.max-size, 1KB",
        "triggerquery.producer.destinations.payment-changed.topic, not a topic",
        "triggerquery.producer.strategy, carrier-pigeon",
        "triggerquery.producer.alarm.webhook, nowhere",
    })
    void invalidSettingStopsTheStart(String property, String value) {
        runner.withPropertyValues(property + "=" + value)
                .run(context -> assertThat(context).hasFailed());
    }

    @ParameterizedTest
    @CsvSource({
        "triggerquery.producer.strategy, outbox, there is no DataSource",
        "triggerquery.producer.strategy, relay, triggerquery.producer.relay-service.url",
        "triggerquery.producer.strategy, registration, triggerquery.producer.relay-service.url",
        "triggerquery.producer.fallback, outbox, A trigger can fall back to retry",
        "triggerquery.producer.destinations.payment-changed.fallback, registration, A trigger can fall back to retry",
    })
    void missingRequirementOfAStrategyIsNamed(String property, String value, String sentence) {
        runner.withPropertyValues(property + "=" + value)
                .run(context -> assertThat(context.getStartupFailure()).hasStackTraceContaining(sentence));
    }

    @Test
    void secondContextOnTheSameSpoolIsRefusedWithReason() {
        runner.run(first -> runner.run(second -> assertThat(second.getStartupFailure())
                .hasStackTraceContaining("is in use by another application context of this process")));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void unknownStrategyStopsTheStartWithClearMessage(CapturedOutput output) {
        SpringApplication application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties("spring.flyway.enabled=false", "triggerquery.producer.strategy=carrier-pigeon")
                .build();

        assertThat(catchThrowable(application::run)).isNotNull();

        assertThat(output)
                .contains("triggerquery.producer.strategy")
                .contains("one of [RETRY, MEMORY_QUEUE, DISK_QUEUE");
    }

    @EnableAutoConfiguration
    static class Application {

        @Bean
        DataSource dataSource() {
            return new NoDatabase();
        }
    }
}
