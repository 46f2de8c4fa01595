package io.triggerquery.demo.launcher.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PartsTest {

    @TempDir
    private Path root;

    @ParameterizedTest
    @EnumSource(ProducerStrategy.class)
    void relayServiceExistsOnlyIfTheStrategyUsesIt(ProducerStrategy strategy) {
        Settings settings = Settings.from(root, Map.of());
        boolean expected = strategy == ProducerStrategy.RELAY || strategy == ProducerStrategy.REGISTRATION;
        assertThat(Part.of(settings, strategy))
                .extracting(Part::name)
                .containsExactlyElementsOf(expected ? all() : withoutRelay());
    }

    @Test
    void servicesReceiveStrategySpoolAndRelayService() throws IOException {
        Map<String, String> environment = environment(PartName.PAYMENT, "payment-demo");
        assertThat(environment)
                .containsEntry("PRODUCER_STRATEGY", "registration")
                .containsEntry(
                        "SPOOL_DIRECTORY", root.resolve(".demo/data/payment").toString())
                .containsEntry("RELAY_URL", "http://127.0.0.1:18083")
                .containsEntry("RELAY_USER", "payment-demo");
    }

    @Test
    void relayServiceAcceptsOnlyTheDestinationOfEachService() throws IOException {
        Map<String, String> environment = environment(PartName.RELAY, "relay-service");
        assertThat(environment)
                .containsEntry("SERVER_PORT", "18083")
                .containsEntry("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:5433/relay");
        JsonNode settings = JsonMapper.shared()
                .readTree(environment.get("SPRING_APPLICATION_JSON"))
                .path("triggerquery");
        JsonNode caller = settings.path("relay-service").path("callers").path("billing-demo");
        assertThat(caller.path("destinations").asString()).isEqualTo("billing-changed");
        assertThat(caller.path("password").asString())
                .isEqualTo(
                        "{noop}" + environment(PartName.BILLING, "billing-demo").get("RELAY_PASSWORD"));
        assertThat(settings.path("producer")
                        .path("destinations")
                        .path("billing-changed")
                        .path("topic")
                        .asString())
                .isEqualTo("billing.billing-changed");
    }

    private Map<String, String> environment(PartName name, String artifact) throws IOException {
        Path jar = root.resolve(artifact).resolve("target").resolve(artifact + ".jar");
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "");
        Settings settings = Settings.from(root, Map.of("DEMO_RELAY_PORT", "18083"));
        Part.Launch launch = Part.of(settings, ProducerStrategy.REGISTRATION).stream()
                .filter(part -> part.name() == name)
                .findFirst()
                .orElseThrow()
                .prepare();
        assertThat(launch.command()).contains(jar.toString());
        return launch.environment();
    }

    private static Iterable<PartName> all() {
        return List.of(PartName.values());
    }

    private static Iterable<PartName> withoutRelay() {
        return List.of(PartName.BROKER, PartName.DATABASE, PartName.BILLING, PartName.PAYMENT);
    }
}
