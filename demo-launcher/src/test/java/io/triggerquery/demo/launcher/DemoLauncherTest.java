package io.triggerquery.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoLauncherTest {

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "up, up",
        "--check --kill broker, --check --kill broker",
        "--producer relay, --producer relay",
        "--producer relay up, up --producer relay",
        "--producer=relay --check --payments 5, --check --payments 5 --producer=relay",
        "check --producer relay, check --producer relay",
        "--producer, --producer"
    })
    void leadingProducerOptionIsMovedBehindTheCommand(String given, String arranged) {
        assertThat(String.join(" ", DemoLauncher.arranged(given.isEmpty() ? new String[0] : given.split(" "))))
                .isEqualTo(arranged);
    }
}
