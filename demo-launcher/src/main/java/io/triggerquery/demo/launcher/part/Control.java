package io.triggerquery.demo.launcher.part;

import io.triggerquery.testbed.process.EnvironmentProblem;
import io.triggerquery.testbed.process.PidFile;
import io.triggerquery.testbed.process.Port;
import io.triggerquery.testbed.process.ProcessId;
import io.triggerquery.testbed.process.Signal;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts and stops the processes of the parts and reports their states. The states are kept in the pid files only, so
 * that any launcher can continue the work of another one.
 *
 * <p>Threads: one at a time for each part; the caller holds a lease against other launchers.
 */
public record Control(Settings settings) {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    public PartState state(Part part) {
        Optional<ProcessId> last = pidFile(part).read();
        return last.flatMap(ProcessId::alive)
                .<PartState>map(PartState.Running::new)
                .orElseGet(() -> last.<PartState>map(PartState.Died::new).orElseGet(PartState.Stopped::new));
    }

    public Optional<ProcessHandle> running(Part part) {
        return state(part) instanceof PartState.Running running ? Optional.of(running.process()) : Optional.empty();
    }

    /** Starts the process of a part that does not run, without waiting until it is ready. */
    public ProcessHandle launch(Part part) {
        for (Port port : part.ports()) {
            if (!port.isBecomingFree()) {
                throw taken(part, port);
            }
        }
        Part.Launch launch = part.prepare();
        Path log = settings.log(part.name());
        try {
            Files.createDirectories(log.getParent());
            ProcessBuilder builder = new ProcessBuilder(inOwnSession(launch.command()))
                    .directory(settings.root().toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(launch.environment());
            ProcessHandle process = builder.start().toHandle();
            pidFile(part).write(ProcessId.of(process));
            return process;
        } catch (IOException e) {
            throw new EnvironmentProblem(
                    "Cannot start %s: %s".formatted(part.name().inWords(), e.getMessage()), e);
        }
    }

    static EnvironmentProblem taken(Part part, Port port) {
        return new EnvironmentProblem(port.takenSentence(part.name().inWords(), Settings.portVariable(part.name())));
    }

    // the terminal sends Ctrl-C to all processes of its session; a new session lets the parts stop in order
    private static List<String> inOwnSession(List<String> command) {
        Stream<String> session = Files.isExecutable(SETSID) ? Stream.of(SETSID.toString()) : Stream.empty();
        return Stream.concat(session, command.stream()).toList();
    }

    /** Requests the part to stop, and kills it after 30 s. Returns the result for the user. */
    public String stop(Part part) {
        Optional<ProcessHandle> process = running(part);
        if (process.isEmpty()) {
            pidFile(part).delete();
            return "was not running";
        }
        boolean gone = part.stopSignal().send(process.get(), STOP_LIMIT);
        if (!gone) {
            Signal.KILL.send(process.get(), KILL_LIMIT);
        }
        pidFile(part).delete();
        return gone ? "stopped" : "killed, because it did not stop within " + STOP_LIMIT.toSeconds() + " s";
    }

    /** Kills the part, like a crash. The pid file stays, so that the part counts as died. */
    public long kill(Part part) {
        ProcessHandle process = running(part)
                .orElseThrow(() -> new EnvironmentProblem(
                        "%s is not running: ./demo status shows which parts are.".formatted(part.name())));
        if (!Signal.KILL.send(process, KILL_LIMIT)) {
            throw new EnvironmentProblem(
                    "%s (process %d) still runs after a kill.".formatted(part.name(), process.pid()));
        }
        return process.pid();
    }

    private PidFile pidFile(Part part) {
        return new PidFile(settings.pidFile(part.name()));
    }
}
