package io.triggerquery.demo.launcher;

import io.triggerquery.testbed.process.EnvironmentProblem;
import java.nio.file.Path;
import picocli.CommandLine;

/** The launcher's main class. */
final class DemoLauncher {

    static final int PROBLEM = 2;

    private DemoLauncher() {}

    public static void main(String[] arguments) {
        // hides the clients' warnings while a broker starts
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
        return new CommandLine(new Commands(demo))
                .addSubcommand(new CheckCommand(demo))
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
}
