package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.part.PartName;
import io.triggerquery.demo.launcher.process.Lease;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "kill", description = "Kills a part's real process at once (SIGKILL), as a crash would.")
final class KillCommand implements Runnable {

    @Parameters(paramLabel = "PART", description = "${COMPLETION-CANDIDATES}")
    PartName part = PartName.BROKER;

    private final Demo demo;

    KillCommand(Demo demo) {
        this.demo = demo;
    }

    @Override
    public void run() {
        try (Lease lease = demo.mayChange()) {
            long pid = demo.control().kill(demo.part(part));
            demo.console().say(part, "killed, was process " + pid);
        }
    }
}
