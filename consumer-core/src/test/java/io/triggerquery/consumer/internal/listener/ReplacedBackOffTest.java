package io.triggerquery.consumer.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.spi.BackOff;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ReplacedBackOffTest {

    private static final Duration BY_SETTINGS = Duration.ofSeconds(9);

    private static Duration pause(BackOff replacement) {
        return new ReplacedBackOff(replacement, failing -> BY_SETTINGS).after(Duration.ZERO);
    }

    @Test
    void usesBackOffOfTheApplication() {
        assertThat(pause(failing -> failing.plusSeconds(3))).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void keepsPauseWithinBounds() {
        assertThat(pause(failing -> Duration.ofHours(-1))).isEqualTo(Duration.ofMillis(1));
        assertThat(pause(failing -> Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void idIsRetriedIfApplicationBackOffFails(CapturedOutput output) {
        assertThat(pause(failing -> null)).isEqualTo(BY_SETTINGS);
        var broken = new ReplacedBackOff(
                failing -> {
                    throw new IllegalStateException("as asked");
                },
                failing -> BY_SETTINGS);
        assertThat(broken.after(Duration.ZERO)).isEqualTo(BY_SETTINGS);
        assertThat(broken.after(Duration.ZERO)).isEqualTo(BY_SETTINGS);
        assertThat(output.toString().split("has failed. Such ids wait as the settings say"))
                .hasSize(3);
    }
}
