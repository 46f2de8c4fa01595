package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.part.Part;
import io.triggerquery.demo.launcher.part.PartName;
import io.triggerquery.testbed.process.EnvironmentProblem;
import io.triggerquery.testbed.process.Lease;
import io.triggerquery.testbed.process.LogFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** The commands of {@code ./demo}, except {@link CheckCommand}. */
@Command(
        name = "./demo",
        description = {
            "Starts a Kafka broker, a PostgreSQL database, the billing and the payment service as processes of their"
                    + " own, and stops them on Ctrl-C. No Docker, nothing to install but a JDK.",
            "PART is one of broker, database, billing, payment, and relay with --producer relay or registration."
        },
        footer = {
            "",
            "Environment: DEMO_HOME (.demo: pids, logs, data), DEMO_BROKER_PORT (9092; the next one too),",
            "DEMO_DATABASE_PORT (5433), DEMO_BILLING_PORT (8081), DEMO_PAYMENT_PORT (8082), DEMO_RELAY_PORT (8083).",
            "Exit codes: 0 good; 1 a check found differences, or a status found a part not ready;",
            "2 wrong usage, or something around the demo is missing."
        })
final class Commands implements Runnable {

    private static final int LINES = 100;
    private static final String PART = "PART";
    private static final String ONE_OF = "${COMPLETION-CANDIDATES}";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this help; after a command, the command's.")
    boolean help;

    @Mixin
    ProducerOption producer = new ProducerOption();

    private final Demo demo;

    Commands(Demo demo) {
        this.demo = demo;
    }

    @Override
    public void run() {
        new Foreground(demo.choosing(producer.strategy)).run();
    }

    @Command(description = "Starts every part that does not run, and leaves them running.")
    void up(@Mixin ProducerOption wanted) {
        startAndLeave(wanted, Session::startAll);
        System.out.println(demo.addresses());
        System.out.println("Stop them with ./demo down");
    }

    @Command(description = "Starts a part and waits until it is ready, for a bounded time.")
    void start(@Parameters(paramLabel = PART, description = ONE_OF) PartName part, @Mixin ProducerOption wanted) {
        startAndLeave(wanted, session -> session.start(part));
    }

    private void startAndLeave(ProducerOption wanted, Consumer<Session> start) {
        Session session = new Session(demo.choosing(wanted.strategy));
        Thread hook = session.closeOnExit();
        // if a start fails, the hook stops the parts that were started before
        start.accept(session);
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    @Command(description = "Stops every part; the data stays.")
    void down() {
        stop(demo.lastFirst());
    }

    @Command(description = "Stops a part (SIGTERM; SIGINT for the database, its fast shutdown).")
    void stop(@Parameters(paramLabel = PART, description = ONE_OF) PartName part) {
        stop(List.of(demo.part(part)));
    }

    private void stop(List<Part> parts) {
        try (Lease lease = demo.mayChange()) {
            parts.forEach(part -> demo.console().say(part.name(), demo.control().stop(part)));
            demo.forgetProducerIfStopped();
        }
    }

    @Command(description = "Kills a part's real process at once (SIGKILL), as a crash would.")
    void kill(@Parameters(paramLabel = PART, description = ONE_OF) PartName part) {
        demo.console().say(part, "killed, was process " + demo.kill(part));
    }

    @Command(description = "Shows every part; ends with 1 if one is not ready.")
    int status() {
        return new Status(demo).show();
    }

    @Command(description = "Shows the last 100 lines of a part's log.")
    void logs(
            @Parameters(paramLabel = PART, description = ONE_OF) PartName part,
            @Option(
                            names = {"-f", "--follow"},
                            description = "Continues with new lines until Ctrl-C.")
                    boolean follow)
            throws InterruptedException {
        LogFile log = new LogFile(demo.settings().log(part));
        if (!Files.exists(log.path()) && !follow) {
            throw new EnvironmentProblem("There is no log of %s yet: %s".formatted(part.inWords(), log.path()));
        }
        log.last(LINES).forEach(System.out::println);
        if (follow) {
            log.follow(System.out::print);
        }
    }

    @Command(description = "Deletes all data and logs. Refuses while a part runs.")
    void reset() {
        try (Lease lease = demo.mayChange()) {
            List<Part> running = demo.running();
            if (!running.isEmpty()) {
                throw new EnvironmentProblem("Still running: " + Demo.names(running)
                        + ". Stop them first with ./demo down, then reset again.");
            }
            Path home = demo.settings().home();
            // the unpacked programs and the directory with this command's lock stay
            FileUtils.deleteDirectory(home.resolve("data").toFile());
            FileUtils.deleteDirectory(home.resolve("logs").toFile());
            demo.parts().forEach(demo.control()::stop);
            demo.forgetProducerIfStopped();
            System.out.println("All data below " + home + " is deleted.");
        } catch (IOException e) {
            throw new EnvironmentProblem("Cannot delete the data: " + e.getMessage(), e);
        }
    }
}
