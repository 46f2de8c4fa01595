package io.triggerquery.demo.launcher.part;

import io.triggerquery.testbed.process.EnvironmentProblem;
import io.triggerquery.testbed.process.LogFile;
import io.triggerquery.testbed.process.Pause;
import io.triggerquery.testbed.process.Port;
import io.triggerquery.testbed.process.ProcessId;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.Collectors;

/** Waits until a launched part is ready, and reports the reason if it does not become ready. */
public final class Starter {

    private static final int LOOK_EVERY_MILLIS = 100;
    private static final Duration SAY_SOMETHING_EVERY = Duration.ofSeconds(10);
    private static final Duration HANDICAPPED_LIMIT = Duration.ofSeconds(15);
    private static final int LAST_LINES = 25;

    private final Settings settings;
    private final Control control;
    private final Collection<Part> parts;
    private final Progress progress;

    public Starter(Settings settings, Control control, Collection<Part> parts, Progress progress) {
        this.settings = settings;
        this.control = control;
        this.parts = parts;
        this.progress = progress;
    }

    /**
     * Waits until the part is ready. Bounds: the part's start limit, or 15 s while a part that it needs is down.
     *
     * <p>Failure: an {@link EnvironmentProblem} with the end of the log. The caller stops the process.
     */
    public StartOutcome awaitReady(Part part, ProcessHandle process) {
        long start = System.nanoTime();
        Duration nextWord = SAY_SOMETHING_EVERY;
        ProcessId id = ProcessId.of(process);
        while (true) {
            if (id.alive().isEmpty()) {
                throw failed(part, "ended");
            }
            if (!(part.readiness() instanceof Readiness.NotReady notReady)) {
                checkPorts(part, process);
                return new StartOutcome.Ready(process.pid());
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            String missing = missing(part);
            if (!missing.isEmpty() && waited.compareTo(HANDICAPPED_LIMIT) > 0) {
                return new StartOutcome.Handicapped(process.pid(), "waits for: " + missing);
            }
            if (waited.compareTo(part.startLimit()) > 0) {
                throw failed(
                        part,
                        "was not ready after %d s: %s"
                                .formatted(part.startLimit().toSeconds(), notReady.reason()));
            }
            if (waited.compareTo(nextWord) > 0) {
                progress.say(part.name(), "still starting: " + notReady.reason());
                nextWord = waited.plus(SAY_SOMETHING_EVERY);
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
        return new EnvironmentProblem("While starting, %s %s. The last lines of %s:%n%s"
                .formatted(
                        part.name().inWords(),
                        what,
                        log.path(),
                        log.last(LAST_LINES).stream().map(line -> "    " + line).collect(Collectors.joining("\n"))));
    }
}
