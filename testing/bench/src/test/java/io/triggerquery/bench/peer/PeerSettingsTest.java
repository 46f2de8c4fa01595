package io.triggerquery.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeerSettingsTest {

    private final Properties properties = new Properties();

    @BeforeEach
    void setRequiredProperties() {
        properties.putAll(Map.of(
                "bootstrap", "127.0.0.1:9092",
                "topic", "w1",
                "group", "run-7",
                "partitions", "12",
                "source", "http://127.0.0.1:8081",
                "ids", "1000"));
    }

    @Test
    void optionalPropertiesHaveDefaults() {
        PeerSettings settings = PeerSettings.of(properties);

        assertThat(settings.topic()).isEqualTo(new PeerSettings.Topic("127.0.0.1:9092", "w1", "run-7", 12));
        assertThat(settings.ids()).isEqualTo(1_000);
        assertThat(settings.jdbcUrl()).isNull();
        assertThat(settings.openLoop()).isNull();
        assertThat(settings.inFlight(64)).isEqualTo(64);
        assertThat(settings.limits().retryPause()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void readsOptionalProperties() {
        properties.putAll(Map.of(
                "projection", "postgres",
                "jdbcUrl", "jdbc:postgresql://127.0.0.1/bench",
                "inFlight", "32",
                "openLoopStartNanos", "5",
                "openLoopIntervalNanos", "7",
                "openLoopFirst", "3"));
        PeerSettings settings = PeerSettings.of(properties);

        assertThat(settings.jdbcUrl()).isEqualTo("jdbc:postgresql://127.0.0.1/bench");
        assertThat(settings.inFlight(64)).isEqualTo(32);
        assertThat(settings.openLoop()).isEqualTo(new OpenLoop(5, 7, 3));
    }

    @Test
    void missingPropertyIsNamed() {
        properties.remove("topic");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeerSettings.of(properties))
                .withMessage("Set -Dtopic=…: a peer needs it.");
    }

    @Test
    void invalidNumberIsNamed() {
        properties.put("ids", "many");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeerSettings.of(properties))
                .withMessage("-Dids=many must be a whole number.");
    }

    @Test
    void unknownProjectionIsRefusedWithTheKnownOnes() {
        properties.put("projection", "paper");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeerSettings.of(properties))
                .withMessageContaining("'paper'")
                .withMessageContaining("memory or postgres");
    }
}
