package io.triggerquery.demo.launcher;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "up", description = "Starts every part that does not run, and leaves them running.")
final class UpCommand implements Runnable {

    @Mixin
    ProducerOption producer = new ProducerOption();

    private final Demo demo;

    UpCommand(Demo demo) {
        this.demo = demo;
    }

    @Override
    public void run() {
        Session session = new Session(demo.choosing(producer.strategy));
        Thread hook = StopOnExit.register(session);
        // if a start fails, the hook stops what was started before
        session.startAll();
        Runtime.getRuntime().removeShutdownHook(hook);
        System.out.println("Stop them with ./demo down");
    }
}
