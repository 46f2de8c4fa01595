package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.part.Part;
import io.triggerquery.demo.launcher.part.PartName;
import io.triggerquery.demo.launcher.part.StartOutcome;
import io.triggerquery.testbed.process.EnvironmentProblem;
import io.triggerquery.testbed.process.Lease;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parts that a launcher has started, so that it stops only these.
 *
 * <p>Threads: the command's own, and a shutdown hook that closes the session. No part is launched after that.
 */
final class Session implements AutoCloseable {

    private final Demo demo;
    private final Set<PartName> startedHere = EnumSet.noneOf(PartName.class);
    // started by another launcher: started again if necessary, but not stopped in the end
    private final Set<PartName> foundRunning = EnumSet.noneOf(PartName.class);
    private boolean closed;

    Session(Demo demo) {
        this.demo = demo;
    }

    /** Starts all parts that do not run: parts that others need first, independent parts at the same time. */
    void startAll() {
        demo.console().line("producer", demo.producer().toString());
        try (Lease lease = demo.mayChange()) {
            List<Part> servers =
                    demo.parts().stream().filter(part -> part.needs().isEmpty()).toList();
            List<Part> services = new ArrayList<>(demo.parts());
            services.removeAll(servers);
            start(servers);
            start(services);
        }
    }

    /** Starts one part only. */
    void start(PartName name) {
        try (Lease lease = demo.mayChange()) {
            start(List.of(demo.part(name)));
        }
    }

    private void start(List<Part> together) {
        Map<Part, ProcessHandle> processes = new LinkedHashMap<>();
        together.forEach(part -> processes.put(part, launch(part)));
        processes.forEach((part, process) -> {
            try {
                say(part, demo.starter().awaitReady(part, process));
            } catch (EnvironmentProblem problem) {
                // after Ctrl-C the processes end on request
                throw closed() ? stoppedWhileStarting() : problem;
            }
        });
    }

    private synchronized ProcessHandle launch(Part part) {
        if (closed) {
            throw stoppedWhileStarting();
        }
        Optional<ProcessHandle> running = demo.control().running(part);
        if (running.isPresent()) {
            if (!startedHere.contains(part.name())) {
                foundRunning.add(part.name());
            }
            demo.console()
                    .say(
                            part.name(),
                            "already running, process " + running.get().pid());
            return running.get();
        }
        demo.console().say(part.name(), "starting");
        ProcessHandle process = demo.control().launch(part);
        if (!foundRunning.contains(part.name())) {
            startedHere.add(part.name());
        }
        return process;
    }

    private synchronized boolean closed() {
        return closed;
    }

    private static EnvironmentProblem stoppedWhileStarting() {
        return new EnvironmentProblem("Stopped while starting.");
    }

    private void say(Part part, StartOutcome outcome) {
        demo.console().say(part.name(), sentence(part, outcome));
    }

    private static String sentence(Part part, StartOutcome outcome) {
        if (outcome instanceof StartOutcome.Handicapped handicapped) {
            return "runs, process %d, but is not ready: %s".formatted(handicapped.pid(), handicapped.reason());
        }
        return "ready at " + part.address();
    }

    /** Closes this session on Ctrl-C, on SIGTERM and when the terminal is closed. */
    Thread closeOnExit() {
        Thread hook = new Thread(this::close, "close-on-exit");
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    /** Stops the parts that were started here, also if another launcher has restarted them; the last one first. */
    @Override
    public synchronized void close() {
        closed = true;
        for (int i = demo.parts().size() - 1; i >= 0; i--) {
            Part part = demo.parts().get(i);
            if (startedHere.remove(part.name())) {
                demo.console().say(part.name(), demo.control().stop(part));
            } else if (foundRunning.remove(part.name())
                    && demo.control().running(part).isEmpty()) {
                demo.console().say(part.name(), "is down; start it with ./demo start " + part.name());
            }
        }
        demo.forgetProducerIfStopped();
    }
}
