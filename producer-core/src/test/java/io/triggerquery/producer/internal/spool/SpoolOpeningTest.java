package io.triggerquery.producer.internal.spool;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.producer.internal.sending.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolOpeningTest {

    @TempDir
    Path directory;

    private static Spool open(Path where) {
        SpoolSettings settings = new SpoolSettings(where, 100, 1 << 20, Duration.ofSeconds(2), false, Duration.ZERO);
        return Spool.open(settings, Application.UNNAMED, new OngoingFailure(SpoolListener.NONE), System::nanoTime);
    }

    @Test
    void secondOwnerOfDirectoryIsRefusedWithReason() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Files.createDirectory(directory.resolve("it")));
        try (Spool first = open(directory.resolve("it"))) {
            first.submit(java.util.List.of()).join();
            assertThatThrownBy(() -> open(link))
                    .isInstanceOf(SpoolException.class)
                    .hasMessageContaining("is in use by another application context of this process")
                    .hasMessageContaining("triggerquery.producer.disk-queue.directory");
        }
        open(link).close();
    }

    @Test
    void directoryThatCannotBeCreatedIsRefused() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> open(file.resolve("spool")))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("Nothing can be written to " + file.resolve("spool"))
                .hasMessageContaining("triggerquery.producer.disk-queue.directory");
    }

    @Test
    void invalidSettingsAreRefusedByName() {
        assertThatThrownBy(() -> new SpoolSettings(directory, 0, 1 << 20, Duration.ofSeconds(2), false, Duration.ZERO))
                .hasMessageContaining("triggerquery.producer.disk-queue.max-entries");
        assertThatThrownBy(() -> new SpoolSettings(directory, 1, 9, Duration.ofSeconds(2), false, Duration.ZERO))
                .hasMessageContaining("triggerquery.producer.disk-queue.max-size");
    }
}
