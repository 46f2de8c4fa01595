package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.process.EnvironmentProblem;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What {@code ./demo} runs. */
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
        },
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            KillCommand.class,
            StopCommand.class,
            StartCommand.class,
            ResetCommand.class,
            CheckCommand.class
        })
final class DemoLauncher implements Runnable {

    static final int PROBLEM = 2;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this help; after a command, the command's.")
    boolean help;

    @Option(names = "--check", description = "The same as the command check.")
    boolean check;

    @Mixin
    ProducerOption producer = new ProducerOption();

    private final Demo demo;

    private DemoLauncher(Demo demo) {
        this.demo = demo;
    }

    public static void main(String[] arguments) {
        // the clients' warnings while a broker starts are of no use to the user
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
        System.exit(execute(Path.of("").toAbsolutePath(), arguments));
    }

    private static int execute(Path root, String... arguments) {
        try {
            return execute(Demo.in(root, System.getenv()), arguments);
        } catch (EnvironmentProblem problem) {
            return report(problem);
        }
    }

    static int execute(Demo demo, String... arguments) {
        return commandLine(demo.current()).execute(Arguments.arranged(arguments));
    }

    static CommandLine commandLine(Demo demo) {
        return new CommandLine(new DemoLauncher(demo), new CommandFactory(demo))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((problem, line, parsed) -> report(problem));
    }

    private static int report(Exception problem) {
        if (problem instanceof EnvironmentProblem) {
            System.err.println(problem.getMessage());
        } else {
            problem.printStackTrace();
        }
        return PROBLEM;
    }

    @Override
    public void run() {
        new Foreground(demo.choosing(producer.strategy)).run();
    }
}
