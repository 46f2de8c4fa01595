package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.part.Part;
import io.triggerquery.demo.launcher.process.Lease;
import picocli.CommandLine.Command;

@Command(name = "down", description = "Stops every part; the data stays.")
final class DownCommand implements Runnable {

    private final Demo demo;

    DownCommand(Demo demo) {
        this.demo = demo;
    }

    @Override
    public void run() {
        try (Lease lease = demo.mayChange()) {
            // the services first, so that they can still say goodbye to the broker
            for (int i = demo.parts().size() - 1; i >= 0; i--) {
                Part part = demo.parts().get(i);
                demo.console().say(part.name(), demo.control().stop(part));
            }
            demo.forgetProducerIfStopped();
        }
    }
}
