package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.part.PartName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "start", description = "Starts a part and waits until it is ready, for a bounded time.")
final class StartCommand implements Runnable {

    @Parameters(paramLabel = "PART", description = "${COMPLETION-CANDIDATES}")
    PartName part = PartName.BROKER;

    @Mixin
    ProducerOption producer = new ProducerOption();

    private final Demo demo;

    StartCommand(Demo demo) {
        this.demo = demo;
    }

    @Override
    public void run() {
        Session session = new Session(demo.choosing(producer.strategy));
        Thread hook = StopOnExit.register(session);
        session.start(part);
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
