package io.triggerquery.demo.launcher.part;

import io.triggerquery.testbed.process.EnvironmentProblem;
import io.triggerquery.testbed.process.LogFile;
import io.triggerquery.testbed.process.Pause;
import io.triggerquery.testbed.process.Port;
import io.triggerquery.testbed.process.ProcessId;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Waits until a launched part is ready, and reports the reason if it does not become ready. */
public record Starter(Settings settings, Control control, Collection<Part> parts, BiConsumer<Part, String> progress) {

    private static final int LOOK_EVERY_MILLIS = 100;
    private static final Duration REPORT_EVERY = Duration.ofSeconds(10);
    private static final Duration INCOMPLETE_LIMIT = Duration.ofSeconds(15);
    private static final int LAST_LINES = 25;

    /**
     * Waits until the part is ready, and returns the result for the user. Bounds: the part's start limit, or 15 s while
     * a part that it needs is down; it then runs without being ready.
     *
     * <p>Failure: an {@link EnvironmentProblem} with the end of the log. The caller stops the process.
     */
    public String awaitReady(Part part, ProcessHandle process) {
        long start = System.nanoTime();
        Duration nextReport = REPORT_EVERY;
        ProcessId id = ProcessId.of(process);
        while (true) {
            if (id.alive().isEmpty()) {
                throw failed(part, "ended");
            }
            Optional<String> problem = part.problem();
            if (problem.isEmpty()) {
                checkPorts(part, process);
                return "ready at " + part.address();
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            String missing = missing(part);
            if (!missing.isEmpty() && waited.compareTo(INCOMPLETE_LIMIT) > 0) {
                return "runs, process %d, but is not ready: waits for: %s".formatted(process.pid(), missing);
            }
            if (waited.compareTo(part.startLimit()) > 0) {
                long seconds = part.startLimit().toSeconds();
                throw failed(part, "was not ready after %d s: %s".formatted(seconds, problem.get()));
            }
            if (waited.compareTo(nextReport) > 0) {
                progress.accept(part, "still starting: " + problem.get());
                nextReport = waited.plus(REPORT_EVERY);
            }
            Pause.millis(LOOK_EVERY_MILLIS);
        }
    }

    // another process may have taken the port between the check and the start of the process
    private void checkPorts(Part part, ProcessHandle process) {
        for (Port port : part.ports()) {
            if (port.isHeldByOtherThan(process)) {
                throw Control.taken(part, port);
            }
        }
    }

    private String missing(Part part) {
        return parts.stream()
                .filter(other -> part.needs().contains(other.name()))
                .filter(other -> control.running(other).isEmpty())
                .map(other -> other.name().toString())
                .collect(Collectors.joining(", "));
    }

    private EnvironmentProblem failed(Part part, String what) {
        LogFile log = new LogFile(settings.log(part.name()));
        String lines = log.last(LAST_LINES).stream().map(line -> "    " + line).collect(Collectors.joining("\n"));
        return new EnvironmentProblem("While starting, %s %s. The last lines of %s:%n%s"
                .formatted(part.name().inWords(), what, log.path(), lines));
    }
}
