package io.triggerquery.producer.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.kafka.KafkaTriggerSender;
import io.triggerquery.producer.relay.RelaySettings;
import io.triggerquery.producer.relay.TriggerRelay;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(KafkaAutoConfiguration.class, TriggerProducerAutoConfiguration.class))
            .withBean(DataSource.class, NoDatabase::new)
            .withPropertyValues("triggerquery.producer.destinations.payment-changed.topic=payments");

    @Test
    void aPlainApplicationGetsAPublisherAndKeepsItsOwnTemplate() {
        runner.run(context -> {
            assertThat(context).hasSingleBean(TriggerPublisher.class).hasSingleBean(KafkaTemplate.class);
            assertThat(context.getBean(TriggerRelay.class).isRunning()).isTrue();
            assertThat(context.getBean(TriggerPublisher.class).publish("payment-changed", "../x"))
                    .isInstanceOf(Receipt.Rejected.class);
        });
    }

    @Test
    void defaults() {
        runner.run(context -> {
            TriggerProducerProperties properties = context.getBean(TriggerProducerProperties.class);
            assertThat(properties.strategy()).isEqualTo(Strategy.OUTBOX);
            assertThat(properties.outboxSettings().pollInterval()).isEqualTo(Duration.ofMillis(500));
            assertThat(properties.outboxSettings().batchSize()).isEqualTo(500);
            assertThat(properties.retry().pauses())
                    .extracting(Duration::toSeconds)
                    .containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 320L);
            assertThat(properties.retry().then()).isEqualTo(Duration.ofMinutes(5));
            assertThat(properties.topics().topic("payment-changed")).contains("payments");
        });
    }

    @Test
    void theLeaseOutlastsTheLongestSend() {
        assertThat(RelaySettings.LEASE).isGreaterThan(KafkaTriggerSender.LONGEST_SEND);
    }

    @Test
    void registersMetersWhereThereIsARegistry() {
        runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> assertThat(context.getBean(MeterRegistry.class).getMeters())
                        .extracting(meter -> meter.getId().getName())
                        .contains("triggerquery.producer.pending", "triggerquery.producer.oldest.age"));
    }

    @Test
    void yieldsToThePublisherOfTheApplication() {
        TriggerPublisher own = (destination, id) -> new Receipt.Stored();
        runner.withBean(TriggerPublisher.class, () -> own).run(context -> {
            assertThat(context.getBean(TriggerPublisher.class)).isSameAs(own);
            assertThat(context).doesNotHaveBean(TriggerRelay.class);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "triggerquery.producer.outbox.poll-interval, 1ms",
        "triggerquery.producer.outbox.batch-size, 0",
        "triggerquery.producer.outbox.batch-size, 10001",
        "triggerquery.producer.retry.then, 2h",
        "triggerquery.producer.retry.pauses, 0s",
        "triggerquery.producer.retry.jitter, 2",
        "triggerquery.producer.destinations.payment-changed.topic, not a topic",
        "triggerquery.producer.strategy, carrier-pigeon",
    })
    void refusesToStartWith(String property, String value) {
        runner.withPropertyValues(property + "=" + value)
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void anUnknownStrategyStopsTheStartWithAClearSentence(CapturedOutput output) {
        SpringApplication application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties("spring.flyway.enabled=false", "triggerquery.producer.strategy=carrier-pigeon")
                .build();

        assertThat(catchThrowable(application::run)).isNotNull();

        assertThat(output)
                .contains("triggerquery.producer.strategy")
                .contains("carrier-pigeon")
                .contains("OUTBOX");
    }

    @EnableAutoConfiguration
    static class Application {

        @Bean
        DataSource dataSource() {
            return new NoDatabase();
        }
    }
}
