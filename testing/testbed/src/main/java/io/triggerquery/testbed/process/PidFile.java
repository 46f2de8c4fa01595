package io.triggerquery.testbed.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The file with the number of a started process, so that another launcher finds it.
 *
 * <pre>
 * pid=4711
 * started=2026-11-01T10:15:30.120Z
 * </pre>
 *
 * A file with any other content counts as absent.
 */
public final class PidFile {

    private final Path file;

    public PidFile(Path file) {
        this.file = file;
    }

    public Optional<ProcessId> read() {
        try {
            Map<String, String> lines = Files.readAllLines(file).stream()
                    .map(line -> line.split("=", 2))
                    .filter(pair -> pair.length == 2)
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, second) -> second));
            return Optional.of(new ProcessId(Long.parseLong(lines.getOrDefault("pid", "")), started(lines)));
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Instant started(Map<String, String> lines) {
        return Optional.ofNullable(lines.get("started"))
                .map((Function<String, Instant>) Instant::parse)
                .orElse(Instant.EPOCH);
    }

    public void write(ProcessId id) {
        new StateFile(file).write("pid=%d%nstarted=%s%n".formatted(id.pid(), id.started()));
    }

    public void delete() {
        new StateFile(file).delete();
    }
}
