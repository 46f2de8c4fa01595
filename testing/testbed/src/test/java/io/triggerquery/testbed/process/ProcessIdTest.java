package io.triggerquery.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessIdTest {

    private static final ProcessHandle ME = ProcessHandle.current();

    @Test
    void findsItsProcess() {
        assertThat(ProcessId.of(ME).alive()).contains(ME);
    }

    @Test
    void toleratesSmallDifferencesOfTheStartTime() {
        ProcessId now = ProcessId.of(ME);
        assertThat(new ProcessId(now.pid(), now.started().plusSeconds(1)).alive())
                .contains(ME);
    }

    @Test
    void reusedNumberIsAnotherProcess() {
        ProcessId now = ProcessId.of(ME);
        ProcessId earlier = new ProcessId(now.pid(), now.started().minus(Duration.ofHours(1)));
        assertThat(earlier.alive()).isEmpty();
    }

    @Test
    void doesNotFindEndedProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("true").start();
        ProcessId id = ProcessId.of(process.toHandle());
        process.waitFor();
        assertThat(id.alive()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void zombieCountsAsDead() throws IOException {
        // the shell becomes a sleep that never reaps its child, which must not end before that
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0.5 & echo $!; exec sleep 60").start();
        try {
            long child = Long.parseLong(parent.inputReader().readLine().strip());
            ProcessHandle.of(child).ifPresent(ProcessIdTest::spinUntilDead);
            assertThat(ProcessHandle.of(child)).isPresent();
            assertThat(ProcessHandle.of(child).filter(ProcessId::isAlive)).isEmpty();
        } finally {
            parent.destroyForcibly();
        }
    }

    private static void spinUntilDead(ProcessHandle process) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (ProcessId.isAlive(process) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }
}
