package io.triggerquery.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PidFileTest {

    private Path path;
    private PidFile file;

    @BeforeEach
    void below(@TempDir Path directory) {
        path = directory.resolve("run").resolve("broker.pid");
        file = new PidFile(path);
    }

    @Test
    void readsTheWrittenProcess() {
        ProcessId id = new ProcessId(4711, Instant.parse("2026-11-01T10:15:30.120Z"));
        file.write(id);
        assertThat(file.read()).contains(id);
    }

    @Test
    void missingFileIsEmpty() {
        assertThat(file.read()).isEmpty();
        file.delete();
        assertThat(file.read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4711", "pid=", "pid=x\nstarted=2026-11-01T10:15:30Z", "pid=1\nstarted=yesterday"})
    void damagedFileIsEmpty(String content) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
        assertThat(file.read()).isEmpty();
    }
}
