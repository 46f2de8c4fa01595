package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.part.PartName;
import io.triggerquery.demo.launcher.process.EnvironmentProblem;
import io.triggerquery.demo.launcher.process.LogFile;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Shows the last lines of a part's log.")
final class LogsCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PART", description = "${COMPLETION-CANDIDATES}")
    PartName part = PartName.BROKER;

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with what is written from now on, until Ctrl-C.")
    boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "COUNT",
            description = "How many lines (${DEFAULT-VALUE}).")
    int lines = 100;

    private final Demo demo;

    LogsCommand(Demo demo) {
        this.demo = demo;
    }

    @Override
    public Integer call() throws InterruptedException {
        LogFile log = new LogFile(demo.settings().log(part));
        if (!Files.exists(log.path()) && !follow) {
            throw new EnvironmentProblem("There is no log of %s yet: %s".formatted(part.inWords(), log.path()));
        }
        log.last(lines).forEach(System.out::println);
        if (follow) {
            log.follow(text -> {
                System.out.print(text);
                System.out.flush();
            });
        }
        return 0;
    }
}
