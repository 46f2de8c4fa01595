package io.triggerquery.testbed.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Ways to end a process. Each waits until the process and all its children are gone. */
public enum Signal {
    /** Ask to end. */
    TERM,
    /** Ask to end; what PostgreSQL needs, as on TERM it would wait for its clients to leave first. */
    INT,
    /** End at once, nothing is saved. */
    KILL;

    private static final Duration ORPHANS = Duration.ofSeconds(5);
    private static final int POLL_MILLIS = 20;

    /** Sends the signal. @return false if the process was still there after the limit */
    public boolean send(ProcessHandle process, Duration limit) {
        // collected first: once the parent has died they are nobody's descendants
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
