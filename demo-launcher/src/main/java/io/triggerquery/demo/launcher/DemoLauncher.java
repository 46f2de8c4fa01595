package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.part.ProducerStrategy;
import io.triggerquery.testbed.process.EnvironmentProblem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import picocli.CommandLine;

/** The launcher's main class. */
final class DemoLauncher {

    private static final int PROBLEM = 2;

    private DemoLauncher() {}

    public static void main(String[] arguments) {
        // hides the clients' warnings while a broker starts
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
        int exit;
        try {
            exit = execute(Demo.in(Path.of("").toAbsolutePath(), System.getenv()), arguments);
        } catch (EnvironmentProblem problem) {
            exit = report(problem);
        }
        System.exit(exit);
    }

    static int execute(Demo demo, String... arguments) {
        return commandLine(demo.current()).execute(arranged(arguments));
    }

    static CommandLine commandLine(Demo demo) {
        return new CommandLine(new Commands(demo))
                .addSubcommand(new CheckCommand(demo))
                .registerConverter(ProducerStrategy.class, ProducerOption::parse)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((problem, line, parsed) -> report(problem));
    }

    /** Moves a leading {@code --producer STRATEGY} behind the command. */
    static String[] arranged(String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        String[] arranged = arguments.clone();
        if (first.startsWith("--producer")) {
            Collections.rotate(Arrays.asList(arranged), first.contains("=") ? -1 : -2);
        }
        return arranged;
    }

    private static int report(Exception problem) {
        if (problem instanceof EnvironmentProblem) {
            System.err.println(problem.getMessage());
        } else {
            problem.printStackTrace();
        }
        return PROBLEM;
    }
}
