package io.triggerquery.ctl;

import io.triggerquery.ctl.source.SourceException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.springframework.dao.DataAccessException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code triggerctl}. */
@Command(
        name = "triggerctl",
        description = "Lists, verifies, exports, sends and unparks the triggers of a disk queue, an outbox or a log.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 success; 1 triggers are left, damaged or unreadable; 2 wrong usage or failure.",
            "Environment variables: TRIGGERCTL_DB_USER and TRIGGERCTL_DB_PASSWORD for --outbox."
        })
final class TriggerCtl implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this help, or that of a command.")
    boolean help;

    private TriggerCtl() {}

    public static void main(String[] arguments) {
        Terminal terminal = new Terminal(
                System.in,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                System.getenv());
        System.exit(execute(terminal, arguments));
    }

    static int execute(Terminal terminal, String... arguments) {
        return new CommandLine(new TriggerCtl())
                .addSubcommand(new ListCommand(terminal))
                .addSubcommand(new VerifyCommand(terminal))
                .addSubcommand(new ExportCommand(terminal))
                .addSubcommand(new SendCommand(terminal))
                .addSubcommand(new UnparkCommand(terminal))
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setExecutionExceptionHandler((problem, line, parsed) -> report(terminal, problem))
                .setParameterExceptionHandler((problem, wrong) -> {
                    terminal.problem(problem.getMessage() + "; see --help");
                    return Terminal.FAILURE;
                })
                .execute(arguments);
    }

    private static int report(Terminal terminal, Exception problem) {
        if (problem instanceof SourceException || problem instanceof DataAccessException) {
            terminal.problem(String.valueOf(problem.getMessage()));
        } else {
            problem.printStackTrace(terminal.err());
        }
        return Terminal.FAILURE;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(new CommandLine(this), "a command is missing");
    }
}
