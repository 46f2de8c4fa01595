package io.triggerquery.demo.launcher.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.testbed.process.EnvironmentProblem;
import io.triggerquery.testbed.process.PidFile;
import io.triggerquery.testbed.process.Port;
import io.triggerquery.testbed.process.ProcessId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlTest {

    private static final SleepingPart SLEEPER = SleepingPart.running("exec sleep 60");

    private Settings settings;
    private Control control;

    @BeforeEach
    void below(@TempDir Path directory) {
        settings = Settings.from(directory, Map.of());
        control = new Control(settings);
    }

    @AfterEach
    void end() {
        control.stop(SLEEPER);
    }

    @Test
    void findsPartStartedByAnotherLauncher() {
        ProcessHandle process = control.launch(SLEEPER);
        assertThat(new Control(settings).state(SLEEPER)).isEqualTo(new PartState.Running(process));
    }

    @Test
    void killedPartHasDiedAndStoppedPartIsStopped() {
        ProcessHandle process = control.launch(SLEEPER);
        assertThat(control.kill(SLEEPER)).isEqualTo(process.pid());
        assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(control.state(SLEEPER)).isInstanceOf(PartState.Died.class);

        control.launch(SLEEPER);
        assertThat(control.stop(SLEEPER)).isEqualTo("stopped");
        assertThat(control.state(SLEEPER)).isInstanceOf(PartState.Stopped.class);
        assertThat(control.stop(SLEEPER)).isEqualTo("was not running");
    }

    @Test
    void processWithAReusedNumberIsNotKilled() {
        ProcessId me = ProcessId.of(ProcessHandle.current());
        ProcessId earlier = new ProcessId(me.pid(), me.started().minus(Duration.ofDays(1)));
        new PidFile(settings.pidFile(PartName.BILLING)).write(earlier);

        assertThat(control.state(SLEEPER)).isEqualTo(new PartState.Died(earlier));
        assertThatThrownBy(() -> control.kill(SLEEPER))
                .isInstanceOf(EnvironmentProblem.class)
                .hasMessage("billing is not running: ./demo status shows which parts are.");
        assertThat(control.stop(SLEEPER)).isEqualTo("was not running");
    }

    @Test
    void killsTheChildrenToo() throws IOException {
        SleepingPart parentWithChild = SleepingPart.running("sleep 60 & echo started; wait");
        ProcessHandle parent = control.launch(parentWithChild);
        List<ProcessHandle> children = children(parent);
        control.kill(parentWithChild);
        assertThat(children).noneMatch(child -> ProcessId.of(child).alive().isPresent());
    }

    private static List<ProcessHandle> children(ProcessHandle parent) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (parent.children().findAny().isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        return parent.children().toList();
    }

    @Test
    void usedPortIsRefused() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Port port = new Port(socket.getLocalPort());
            assertThatThrownBy(() -> control.launch(SLEEPER.on(port)))
                    .isInstanceOf(EnvironmentProblem.class)
                    .hasMessage(port.takenSentence("the billing service", "DEMO_BILLING_PORT"));
        }
        assertThat(control.state(SLEEPER)).isInstanceOf(PartState.Stopped.class);
    }
}
