package io.triggerquery.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {

    @Test
    void leaseIsRefusedWhileHeldAndNamesTheHolder(@TempDir Path directory) {
        Path file = directory.resolve("run").resolve("change.lock");
        try (Lease first = Lease.take(file, "Busy")) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> Lease.take(file, "Busy"))
                    .isInstanceOf(EnvironmentProblem.class)
                    .hasMessage("Busy (process " + ProcessHandle.current().pid() + ").");
        }
        Lease.take(file, "Busy").close();
    }
}
