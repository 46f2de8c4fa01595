package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.part.Part;
import io.triggerquery.demo.launcher.process.DirectoryTree;
import io.triggerquery.demo.launcher.process.EnvironmentProblem;
import io.triggerquery.demo.launcher.process.Lease;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "reset", description = "Deletes all data and logs. Refuses while a part runs.")
final class ResetCommand implements Runnable {

    private final Demo demo;

    ResetCommand(Demo demo) {
        this.demo = demo;
    }

    @Override
    public void run() {
        try (Lease lease = demo.mayChange()) {
            List<Part> running = demo.running();
            if (!running.isEmpty()) {
                throw new EnvironmentProblem("Still running: " + Demo.names(running)
                        + ". Stop them first with ./demo down, then reset again.");
            }
            // the unpacked programs stay, and so does the directory with the lock held here
            for (String directory : List.of("data", "logs")) {
                DirectoryTree.delete(demo.settings().home().resolve(directory));
            }
            demo.parts().forEach(demo.control()::stop);
            demo.forgetProducerIfStopped();
            System.out.println("All data below " + demo.settings().home() + " is deleted.");
        } catch (IOException e) {
            throw new EnvironmentProblem("Cannot delete the data: " + e.getMessage(), e);
        }
    }
}
