package io.triggerquery.producer.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A setting has an effect or stops the start, and no start prints a secret, whether it fails or not. */
@ExtendWith(OutputCaptureExtension.class)
class ProducerSettingsTest {

    private static final String SECRET = "s3cr3t";

    @SpringBootConfiguration
    @ImportAutoConfiguration({KafkaAutoConfiguration.class, TriggerProducerAutoConfiguration.class})
    static class Application {}

    private static ConfigurableApplicationContext start(Map<String, Object> variables, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "spring.main.banner-mode=off",
                "spring.kafka.bootstrap-servers=127.0.0.1:9",
                "triggerquery.producer.strategy=memory-queue",
                "triggerquery.producer.memory-queue.shutdown-timeout=0s",
                "triggerquery.producer.destinations.changed.topic=changed"));
        for (String setting : settings) {
            // an argument that is given twice would have both values
            all.removeIf(other -> other.startsWith(setting.substring(0, setting.indexOf('=') + 1)));
            all.add(setting);
        }
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .initializers(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables)))
                .run(all.stream().map(setting -> "--" + setting).toArray(String[]::new));
    }

    private static String fails(CapturedOutput output, String... settings) {
        assertThatThrownBy(() -> start(Map.of(), settings).close());
        assertThat(output).contains("APPLICATION FAILED TO START");
        return output.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "producer.strategi, producer.strategy",
        "producer.fallbak, producer.fallback",
        "producer.destinatons.changed.topic, producer.destinations.changed.topic",
        "producer.destinations.changed.topc, producer.destinations.changed.topic",
        "producer.memory-queue.max-entrys, producer.memory-queue.max-entries",
        "producer.relay-service.pasword, producer.relay-service.password",
        "producer.alarm.web-hok, producer.alarm.webhook",
        "prodcer.strategy, producer.strategy",
        "producers.alarm.webhook, producer.alarm.webhook"
    })
    void misspeltSettingStopsTheStart(String misspelt, String meant, CapturedOutput output) {
        assertThat(fails(output, "triggerquery." + misspelt + "=" + SECRET))
                .contains("There is no such setting")
                .contains("Did you mean triggerquery." + meant + "?")
                .doesNotContain(SECRET);
    }

    @Test
    void settingsSupportRelaxedBinding() {
        try (var application = start(
                Map.of(
                        "TRIGGERQUERY_PRODUCER_MEMORYQUEUE_MAXENTRIES", "100",
                        "TRIGGERQUERY_PRODUCER_MEMORY_QUEUE_RETRY_PAUSES_0", "1s",
                        "TRIGGERQUERY_PRODUCER_DESTINATIONS_BILLED_TOPIC", "billed",
                        "TRIGGERQUERY_PRODUCER_SERVICE_HOST", "10.0.0.7"),
                "triggerquery.producer.diskQueue.maxEntries=10",
                "triggerquery.producer.schedule.pauses[0]=1s",
                "triggerquery.producer.schedule.pauses[1]=2s",
                "triggerquery.producer.fallback=",
                "triggerquery.producer.outbox=",
                "triggerquery.defaults.parallelism=5")) {
            TriggerProducerProperties properties = application.getBean(TriggerProducerProperties.class);
            assertThat(properties.memoryQueue().maxEntries()).isEqualTo(100);
            assertThat(properties.destinations()).containsKeys("changed", "billed");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "batch.size=64000000, batch.size is larger than buffer.memory",
        "acks=s3cr3t, acks cannot be set",
        "batch.sise=s3cr3t, is not a setting of Kafka's producer",
        "linger.ms=s3cr3t, The Kafka setting linger.ms cannot be used"
    })
    void invalidProducerSettingStopsTheStart(String setting, String sentence, CapturedOutput output) {
        assertThat(fails(output, "triggerquery.producer.kafka.properties." + setting))
                .contains(sentence)
                .doesNotContain(SECRET);
    }

    @Test
    void producerSettingsOfTheApplicationAreIgnoredExceptTheConnection() {
        try (var application = start(
                Map.of(),
                "spring.kafka.producer.batch-size=64MB",
                "spring.kafka.producer.acks=0",
                "spring.kafka.producer.properties.partitioner.class=io.triggerquery.Missing",
                "spring.kafka.producer.properties.interceptor.classes=io.triggerquery.Missing",
                "triggerquery.producer.kafka.properties.batch.size=32768",
                "triggerquery.producer.kafka.properties[compression.type]=lz4")) {
            assertThat(application
                            .getBean(TriggerProducerProperties.class)
                            .kafka()
                            .properties())
                    .containsOnlyKeys("batch.size", "compression.type");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "producer.alarm.webhook=ftp://127.0.0.1/s3cr3t",
                "producer.alarm.webhook=s3cr3t",
                "producer.alarm.webhook=https://127.0.0.1/s3 cr3t",
                "producer.alarm.webhook[0]=https://127.0.0.1/s3cr3t",
                "producer.alarm.webhook.url=https://127.0.0.1/s3cr3t",
                "producer.alarm=https://127.0.0.1/s3cr3t",
                "producer.alarms.webhook=https://127.0.0.1/s3cr3t",
                "producer.relay-service=s3cr3t",
                "producer.relay-service.password.more=s3cr3t",
                "producer.relay-service.passwort=s3cr3t",
                "producer.relay-service.read-timeout=s3cr3t",
                "producer.relay-service.max-run-time=s3cr3t",
                "producer.relay-service.connect-timeout=s3cr3t",
                "producer.schedule.jitter=s3cr3t",
                "producer.fallback=s3cr3t",
                "producer.strategy=s3cr3t",
                "producer.destinations=s3cr3t",
                "producer.destinations.changed.strategy=s3cr3t",
                "producer.destinations.changed.topic=s3cr3t not a topic"
            })
    void failedStartPrintsNoSecret(String setting, CapturedOutput output) {
        assertThat(fails(output, "triggerquery." + setting))
                .contains("triggerquery.producer")
                .doesNotContain(SECRET)
                .doesNotContain("cr3t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "url=http://user:s3cr3t@127.0.0.1",
                "url=ftp://user:s3cr3t@127.0.0.1",
                "url=http://u:s3cr3t@ 1",
                "url=s3cr3t"
            })
    void invalidAddressOfTheRelayServiceIsNotPrinted(String setting, CapturedOutput output) {
        assertThat(fails(
                        output,
                        "triggerquery.producer.strategy=relay",
                        "triggerquery.producer.relay-service.user=billing",
                        "triggerquery.producer.relay-service.password=s3cr3t",
                        "triggerquery.producer.relay-service." + setting))
                .contains("triggerquery.producer.relay-service.url is not an http or https address")
                .doesNotContain(SECRET);
    }

    @Test
    void printedSettingsContainNoSecrets() {
        var source = new MapConfigurationPropertySource(Map.of(
                "triggerquery.producer.alarm.webhook", "https://127.0.0.1/s3cr3t",
                "triggerquery.producer.relay-service.url", "http://user:s3cr3t@127.0.0.1",
                "triggerquery.producer.kafka.properties.sasl.jaas.config", "s3cr3t",
                "triggerquery.producer.relay-service.password", "s3cr3t"));
        TriggerProducerProperties properties = new Binder(source)
                .bind("triggerquery.producer", Bindable.of(TriggerProducerProperties.class))
                .get();
        assertThat(Stream.of(properties.toString(), properties.alarm(), properties.relayService()))
                .extracting(Object::toString)
                .allSatisfy(text -> assertThat(text).isNotEmpty().doesNotContain(SECRET));
    }
}
