package io.triggerquery.producer.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TriggerProducerConfigTest {

    private static final Map<String, Object> NONE = Map.of("bootstrap.servers", "kafka:9092");

    /** The settings of Kafka's producer that describe the connection. The security settings have three prefixes. */
    private static final Set<String> CONNECTION = Set.of(
            "bootstrap.servers",
            "client.id",
            "client.dns.lookup",
            "connections.max.idle.ms",
            "reconnect.backoff.ms",
            "reconnect.backoff.max.ms",
            "metadata.max.age.ms",
            "metadata.max.idle.ms",
            "metadata.recovery.strategy",
            "metadata.recovery.rebootstrap.trigger.ms",
            "socket.connection.setup.timeout.ms",
            "socket.connection.setup.timeout.max.ms",
            "send.buffer.bytes",
            "receive.buffer.bytes",
            "config.providers");

    @Test
    void usesOnlyConnectionAndSecuritySettingsOfTheApplication() {
        Map<String, Object> application = new HashMap<>();
        ProducerConfig.configDef()
                .configKeys()
                .values()
                .forEach(key -> application.put(key.name, key.hasDefault() ? key.defaultValue : "kafka:9092"));
        application.put("bootstrap.servers", "kafka:9092");
        application.put("client.id", "billing");
        application.put("linger.ms", 77L);
        application.values().removeIf(value -> value == null);

        Map<String, Object> config = TriggerProducerConfig.of(application, Map.of());

        Set<String> fixed = TriggerProducerConfig.of(NONE, Map.of()).keySet();
        assertThat(config.keySet().stream()
                        .filter(name -> !fixed.contains(name))
                        .filter(name -> !name.matches("(security|ssl|sasl)\\..*"))
                        .collect(Collectors.toSet()))
                .isSubsetOf(CONNECTION);
        assertThat(application.keySet().stream()
                        .filter(name -> CONNECTION.contains(name) || name.matches("(security|ssl|sasl)\\..*")))
                .isNotEmpty()
                .allMatch(config::containsKey);
        assertThat(config).containsEntry("linger.ms", 5).containsEntry("client.id", "billing-triggers");
    }

    @Test
    void keepsSettingsOfSecurityExtensions() {
        Map<String, Object> application = new HashMap<>(NONE);
        application.put("config.providers", "");
        application.put("vault.address", "https://vault");

        assertThat(TriggerProducerConfig.of(application, Map.of()))
                .containsKey("config.providers")
                .containsEntry("vault.address", "https://vault");
    }

    @Test
    void fixesTheSettingsThatTheGuaranteesNeed() {
        // the client itself checks that the settings are consistent
        ProducerConfig config = new ProducerConfig(TriggerProducerConfig.of(NONE, Map.of("linger.ms", "1500")));

        assertThat(config.getString("acks")).isEqualTo("-1");
        assertThat(config.getBoolean("enable.idempotence")).isTrue();
        assertThat(config.getLong("max.block.ms")).isEqualTo(1_000);
        assertThat(config.getInt("delivery.timeout.ms")).isEqualTo(4_500);
        assertThat(new ProducerConfig(TriggerProducerConfig.withoutBatches(TriggerProducerConfig.of(NONE, Map.of())))
                        .getInt("batch.size"))
                .isZero();
    }

    @Test
    void usesTheSettingsForTriggers() {
        assertThat(TriggerProducerConfig.of(
                        NONE, Map.of("batch.size", "65536", "compression.type", "lz4", "client.id", "triggers")))
                .containsEntry("batch.size", "65536")
                .containsEntry("compression.type", "lz4")
                .containsEntry("client.id", "triggers-triggers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acks",
                "enable.idempotence",
                "retries",
                "max.in.flight.requests.per.connection",
                "transactional.id",
                "key.serializer",
                "value.serializer",
                "max.block.ms",
                "delivery.timeout.ms",
                "request.timeout.ms"
            })
    void settingsThatTheGuaranteesNeedCannotBeChanged(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TriggerProducerConfig.of(NONE, Map.of(name, "1")))
                .withMessageStartingWith("triggerquery.producer.kafka.properties." + name + " cannot be set");
    }

    @ParameterizedTest
    @CsvSource({
        "batch.size, 64000000, batch.size is larger than buffer.memory",
        "buffer.memory, 1000, at least 16384 bytes",
        "max.request.size, 1000, at least 16384 bytes",
        "linger.ms, 5000, linger.ms must be at most 1500",
        "batch.sizes, 1, is not a setting of Kafka's producer",
        "compression.type, s3cr3t, The Kafka setting compression.type cannot be used",
        "linger.ms, s3cr3t, The Kafka setting linger.ms cannot be used",
        "partitioner.class, s3cr3t, The Kafka setting partitioner.class cannot be used",
        "sasl.login.class, s3cr3t, The Kafka setting sasl.login.class cannot be used"
    })
    void invalidSettingIsRefusedWithoutRepeatingItsValue(String name, String value, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TriggerProducerConfig.of(NONE, Map.of(name, value)))
                .withMessageContaining(sentence)
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("s3cr3t"));
    }
}
