package io.triggerquery.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.demo.launcher.part.PartName;
import io.triggerquery.demo.launcher.part.ProducerStrategy;
import io.triggerquery.testbed.process.EnvironmentProblem;
import io.triggerquery.testbed.process.PidFile;
import io.triggerquery.testbed.process.ProcessId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the choice of the strategy with pid files only, without starting a part. */
class ProducerChoiceTest {

    private Path root;

    @BeforeEach
    void below(@TempDir Path directory) {
        root = directory;
    }

    @Test
    void choiceIsKeptUntilAllPartsAreStopped() {
        assertThat(demo().choosing(ProducerStrategy.OUTBOX).producer()).isEqualTo(ProducerStrategy.OUTBOX);
        assertThat(demo().choosing(null).producer()).isEqualTo(ProducerStrategy.OUTBOX);

        // a killed part does not count as stopped
        died(PartName.PAYMENT);
        demo().forgetProducerIfStopped();
        assertThat(demo().producer()).isEqualTo(ProducerStrategy.OUTBOX);

        assertThat(DemoLauncher.execute(demo(), "down")).isZero();
        assertThat(demo().producer()).isEqualTo(ProducerStrategy.DISK_QUEUE);
    }

    @Test
    void choiceCannotChangeWhileAServiceRuns() {
        runs(PartName.BILLING);
        assertThatThrownBy(() -> demo().choosing(ProducerStrategy.RELAY))
                .isInstanceOf(EnvironmentProblem.class)
                .hasMessage("billing runs with --producer disk-queue."
                        + " Stop the services first with ./demo down, then start with --producer relay.");
        assertThat(demo().producer()).isEqualTo(ProducerStrategy.DISK_QUEUE);
        assertThat(demo().choosing(ProducerStrategy.DISK_QUEUE).producer()).isEqualTo(ProducerStrategy.DISK_QUEUE);
    }

    @Test
    void choiceCanChangeWhileOnlyServersRun() {
        runs(PartName.BROKER);
        assertThat(demo().choosing(ProducerStrategy.RELAY).producer()).isEqualTo(ProducerStrategy.RELAY);
    }

    @Test
    void choiceDecidesWhetherThereIsARelayService() {
        assertThatThrownBy(() -> demo().part(PartName.RELAY))
                .isInstanceOf(EnvironmentProblem.class)
                .hasMessage("There is no relay service with --producer disk-queue, only with relay or registration.");
        assertThat(demo().choosing(ProducerStrategy.REGISTRATION)
                        .part(PartName.RELAY)
                        .address())
                .isEqualTo("http://127.0.0.1:8083");
    }

    @Test
    void misspeltStrategyIsRefusedWithTheKnownOnes() {
        String shown = error("check", "--producer", "pigeon");
        assertThat(shown)
                .contains("'--producer'")
                .contains("[retry, memory-queue, disk-queue, relay, registration, outbox]")
                .contains("but was 'pigeon'");
    }

    @Test
    void producerOptionIsRefusedForAnotherDeployment() {
        assertThat(error("check", "--producer", "relay", "--against", "http://a", "http://b"))
                .contains("--producer is for the demo that ./demo starts");
        assertThat(demo().producer()).isEqualTo(ProducerStrategy.DISK_QUEUE);
    }

    private String error(String... arguments) {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        PrintStream err = System.err;
        System.setErr(new PrintStream(shown, true, StandardCharsets.UTF_8));
        try {
            assertThat(DemoLauncher.execute(demo(), arguments)).isEqualTo(2);
        } finally {
            System.setErr(err);
        }
        return shown.toString(StandardCharsets.UTF_8);
    }

    private Demo demo() {
        return Demo.in(root, Map.of());
    }

    private void runs(PartName part) {
        pidFile(part).write(ProcessId.of(ProcessHandle.current()));
    }

    private void died(PartName part) {
        ProcessId me = ProcessId.of(ProcessHandle.current());
        pidFile(part).write(new ProcessId(me.pid(), me.started().minusSeconds(3_600)));
    }

    private PidFile pidFile(PartName part) {
        return new PidFile(demo().settings().pidFile(part));
    }
}
