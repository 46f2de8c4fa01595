package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.part.Part;
import io.triggerquery.demo.launcher.part.PartName;
import io.triggerquery.testbed.process.EnvironmentProblem;
import io.triggerquery.testbed.process.Lease;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
        demo.console().say("producer", demo.producer().toString());
        try (Lease lease = demo.mayChange()) {
            Map<Boolean, List<Part>> parts = demo.parts().stream()
                    .collect(Collectors.partitioningBy(part -> part.name().isService()));
            parts.values().forEach(this::start);
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
                demo.console().say(part.name(), demo.starter().awaitReady(part, process));
            } catch (EnvironmentProblem problem) {
                // after Ctrl-C the processes end on request
                refuseIfClosed();
                throw problem;
            }
        });
    }

    private synchronized ProcessHandle launch(Part part) {
        refuseIfClosed();
        Optional<ProcessHandle> running = demo.control().running(part);
        if (running.isPresent()) {
            if (!startedHere.contains(part.name())) {
                foundRunning.add(part.name());
            }
            long pid = running.get().pid();
            demo.console().say(part.name(), "already running, process " + pid);
            return running.get();
        }
        demo.console().say(part.name(), "starting");
        ProcessHandle process = demo.control().launch(part);
        if (!foundRunning.contains(part.name())) {
            startedHere.add(part.name());
        }
        return process;
    }

    private synchronized void refuseIfClosed() {
        if (closed) {
            throw new EnvironmentProblem("Stopped while starting.");
        }
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
        for (Part part : demo.lastFirst()) {
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
