package io.triggerquery.demo.launcher.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.testbed.process.EnvironmentProblem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StarterTest {

    private Control control;
    private Starter starter;

    @BeforeEach
    void below(@TempDir Path directory) {
        Settings settings = Settings.from(directory, Map.of());
        control = new Control(settings);
        starter = new Starter(settings, control, List.of(), (part, what) -> {});
    }

    @AfterEach
    void end() {
        control.stop(SleepingPart.running(""));
    }

    @Test
    void lastLogLinesOfAFailedPartAreShown() {
        SleepingPart part = SleepingPart.running("for i in 1 2 3; do echo $GREETING $i; done; exit 3");
        ProcessHandle process = control.launch(part);
        assertThatThrownBy(() -> starter.awaitReady(part, process))
                .isInstanceOf(EnvironmentProblem.class)
                .hasMessageStartingWith("While starting, the billing service ended. The last lines of ")
                .hasMessageEndingWith("    hello 1\n    hello 2\n    hello 3");
    }

    @Test
    void waitEndsAtTheTimeLimit() {
        SleepingPart part = SleepingPart.running("exec sleep 60").withProblem("too early", Duration.ZERO);
        ProcessHandle process = control.launch(part);
        assertThatThrownBy(() -> starter.awaitReady(part, process))
                .isInstanceOf(EnvironmentProblem.class)
                .hasMessageStartingWith("While starting, the billing service was not ready after 0 s: too early.");
    }

    @Test
    void readyPartIsReported() {
        SleepingPart part = SleepingPart.running("exec sleep 60").withProblem(null, Duration.ofDays(1));
        ProcessHandle process = control.launch(part);
        assertThat(starter.awaitReady(part, process)).isEqualTo("ready at nowhere");
    }
}
