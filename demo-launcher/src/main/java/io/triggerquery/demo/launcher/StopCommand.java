package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.part.PartName;
import io.triggerquery.demo.launcher.process.Lease;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "stop", description = "Asks a part to end (SIGTERM; SIGINT for the database, its fast shutdown).")
final class StopCommand implements Runnable {

    @Parameters(paramLabel = "PART", description = "${COMPLETION-CANDIDATES}")
    PartName part = PartName.BROKER;

    private final Demo demo;

    StopCommand(Demo demo) {
        this.demo = demo;
    }

    @Override
    public void run() {
        try (Lease lease = demo.mayChange()) {
            demo.console().say(part, demo.control().stop(demo.part(part)));
            demo.forgetProducerIfStopped();
        }
    }
}
