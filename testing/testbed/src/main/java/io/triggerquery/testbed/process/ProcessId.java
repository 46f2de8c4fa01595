package io.triggerquery.testbed.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A process, identified by its number and the time of its start, since a later process may get the same number. */
public record ProcessId(long pid, Instant started) {

    // the kernel counts from boot, and two JVMs may round the time of boot differently
    private static final Duration SAME_START = Duration.ofSeconds(2);

    public static ProcessId of(ProcessHandle handle) {
        return new ProcessId(handle.pid(), handle.info().startInstant().orElse(Instant.EPOCH));
    }

    /** Returns the process if it is still the same one and is not a zombie. */
    public Optional<ProcessHandle> alive() {
        return ProcessHandle.of(pid).filter(this::sameStart).filter(ProcessId::isAlive);
    }

    private boolean sameStart(ProcessHandle handle) {
        Instant now = handle.info().startInstant().orElse(Instant.EPOCH);
        return Duration.between(started, now).abs().compareTo(SAME_START) <= 0;
    }

    /** Returns the same as {@link ProcessHandle#isAlive()}, except that a zombie counts as dead. */
    static boolean isAlive(ProcessHandle handle) {
        return handle.isAlive() && !isZombie(handle.pid());
    }

    private static boolean isZombie(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        try {
            String line = Files.readString(stat);
            // the command in brackets may contain any character, including brackets
            return line.startsWith("Z", line.lastIndexOf(')') + 2);
        } catch (IOException noSuchFile) {
            return false;
        }
    }
}
