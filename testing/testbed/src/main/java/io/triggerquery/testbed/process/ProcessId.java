package io.triggerquery.testbed.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One process, told apart from a later one that got the same number by the instant it started. */
public record ProcessId(long pid, Instant started) {

    // the kernel counts from boot, and two JVMs may round the time of boot differently
    private static final Duration SAME_START = Duration.ofSeconds(2);

    public static ProcessId of(ProcessHandle handle) {
        return new ProcessId(handle.pid(), handle.info().startInstant().orElse(Instant.EPOCH));
    }

    /** The process, if it still is the one meant here and does more than wait to be reaped. */
    public Optional<ProcessHandle> alive() {
        return ProcessHandle.of(pid).filter(this::sameStart).filter(ProcessId::isAlive);
    }

    private boolean sameStart(ProcessHandle handle) {
        Instant now = handle.info().startInstant().orElse(Instant.EPOCH);
        return Duration.between(started, now).abs().compareTo(SAME_START) <= 0;
    }

    /** Like {@link ProcessHandle#isAlive()}, but a zombie, whose parent never asks for it, counts as dead. */
    static boolean isAlive(ProcessHandle handle) {
        return handle.isAlive() && !isZombie(handle.pid());
    }

    private static boolean isZombie(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        try {
            String line = Files.readString(stat);
            // the command in brackets may hold anything, brackets too
            return line.startsWith("Z", line.lastIndexOf(')') + 2);
        } catch (IOException noSuchFile) {
            return false;
        }
    }
}
