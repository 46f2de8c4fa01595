package io.triggerquery.testbed.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Ways to end a process. Each waits until the process and all its children are gone. */
public enum Signal {
    /** Requests a stop. */
    TERM,
    /** Requests a stop of PostgreSQL, which on TERM would wait until its clients disconnect. */
    INT,
    /** Kills the process at once. */
    KILL;

    private static final Duration ORPHANS = Duration.ofSeconds(5);
    private static final int POLL_MILLIS = 20;

    /** Sends the signal. Returns false if the process still runs after the limit. */
    public boolean send(ProcessHandle process, Duration limit) {
        // collected first: after the end of the parent its children can no longer be found
        List<ProcessHandle> family =
                Stream.concat(Stream.of(process), process.descendants()).toList();
        switch (this) {
            case TERM -> process.destroy();
            case INT -> interrupt(process.pid());
            case KILL -> process.destroyForcibly();
        }
        if (!awaitGone(List.of(process), limit)) {
            return false;
        }
        if (!awaitGone(family, ORPHANS)) {
            family.forEach(ProcessHandle::destroyForcibly);
            return awaitGone(family, ORPHANS);
        }
        return true;
    }

    private static void interrupt(long pid) {
        try {
            new ProcessBuilder("sh", "-c", "kill -INT " + pid)
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new EnvironmentProblem("Cannot run sh to send a signal: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean awaitGone(List<ProcessHandle> processes, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (processes.stream().anyMatch(ProcessId::isAlive)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Pause.millis(POLL_MILLIS);
        }
        return true;
    }
}
