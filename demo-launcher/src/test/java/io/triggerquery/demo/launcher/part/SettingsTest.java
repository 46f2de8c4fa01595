package io.triggerquery.demo.launcher.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.testbed.process.EnvironmentProblem;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final Path ROOT = Path.of("/somewhere");

    @Test
    void environmentVariablesOverrideDefaultPorts() {
        Settings settings = Settings.from(ROOT, Map.of("DEMO_PAYMENT_PORT", "18082"));
        assertThat(settings.url(PartName.BILLING)).isEqualTo("http://127.0.0.1:8081");
        assertThat(settings.url(PartName.PAYMENT)).isEqualTo("http://127.0.0.1:18082");
        assertThat(settings.home()).isEqualTo(ROOT.resolve(".demo"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65535", "70000", "x", "-1"})
    void invalidPortIsRefusedWithReason(String value) {
        Map<String, String> environment = Map.of("DEMO_BROKER_PORT", value);
        assertThatThrownBy(() -> Settings.from(ROOT, environment))
                .isInstanceOf(EnvironmentProblem.class)
                .hasMessage("DEMO_BROKER_PORT must be a port from 1 to 65534, not '" + value + "'.");
    }
}
