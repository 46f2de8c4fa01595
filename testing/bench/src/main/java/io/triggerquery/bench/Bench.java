package io.triggerquery.bench;

import io.triggerquery.bench.Plan.Task;
import io.triggerquery.bench.peer.Peers;
import io.triggerquery.bench.report.Report;
import io.triggerquery.bench.report.Result;
import io.triggerquery.bench.workload.Outcome;
import io.triggerquery.bench.workload.Pace;
import io.triggerquery.bench.workload.Site;
import io.triggerquery.bench.workload.Workload;
import io.triggerquery.bench.workload.Workloads;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code testing/bench/run}. */
@Command(
        name = "testing/bench/run",
        sortOptions = false,
        description = "Compares the framework (the peers \"ours\") with alternatives, each in a separate JVM, in turn.",
        footer = {
            "",
            "Without names: all peers, and all workloads except W9-10M and those of --trouble; with --quick some of"
                    + " both, once, within 10 minutes on two cores (--quick --list shows which).",
            "Exit codes: 0 all runs were measured; 1 a run failed; 2 wrong usage."
        })
public final class Bench implements Callable<Integer> {

    private static final Path HOME = Path.of(System.getProperty("bench.home", "."));

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    CommandSpec spec;

    @Option(names = "--quick", description = "Shorter windows, and by default fewer workloads, peers and runs.")
    boolean quick;

    @Option(
            names = "--trouble",
            description = "By default the workloads with faults, and the peers to compare with there, once.")
    boolean trouble;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description =
                    "The number of runs of each peer in each workload; 3 by default, 1 with --quick or --trouble.")
    @Nullable
    Integer runs;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The directory for results; testing/bench/results by default.")
    Path out = HOME.resolve("results");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The directory for data and logs; in testing/bench/target by default.")
    Path data = HOME.resolve("target").resolve("data");

    @Option(names = "--list", description = "Lists the workloads and peers without running them.")
    boolean list;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Workloads and peers, in any order.")
    List<String> names = List.of();

    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(execute(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments));
    }

    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new Bench()).setOut(out).setErr(err).execute(arguments);
    }

    @Override
    public Integer call() throws IOException {
        Defaults defaults = defaults();
        Selection selection = select(defaults);
        PrintWriter lines = spec.commandLine().getOut();
        if (list) {
            Listing.of(selection).forEach(lines::println);
            return 0;
        }
        Plan plan = Plan.of(selection, runs(defaults));
        if (plan.tasks().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Nothing to measure: peers that only show a limit cannot run " + String.join(", ", plan.skipped())
                            + ".");
        }
        plan.skipped().forEach(pair -> lines.println("Skipped, since this peer only shows a limit: " + pair));
        lines.printf(
                "%d runs, about %d minutes%n",
                plan.tasks().size(), plan.expected(pace()).toMinutes() + 1);
        return measure(plan, pace(), new Report(out, selection.workloads(), lines));
    }

    private Defaults defaults() {
        if (trouble) {
            return Defaults.TROUBLE;
        }
        return quick ? Defaults.QUICK : Defaults.FULL;
    }

    private Pace pace() {
        return quick ? Pace.QUICK : Pace.FULL;
    }

    private Selection select(Defaults defaults) {
        try {
            return Selection.of(names, new Selection.Offer(Workloads.all(), Peers.names()), defaults);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()));
        }
    }

    private int runs(Defaults defaults) {
        int chosen = runs == null ? defaults.runs() : runs;
        if (chosen < 1) {
            throw new ParameterException(spec.commandLine(), "--runs is " + chosen + ", but must be 1 or more.");
        }
        return chosen;
    }

    private int measure(Plan plan, Pace pace, Report report) throws IOException {
        Path directory = Files.createTempDirectory(Files.createDirectories(data), "run-");
        boolean failed = false;
        try (Site site = new Site(directory)) {
            for (Task task : plan.tasks()) {
                Outcome outcome = run(site, task, pace);
                failed |= outcome.figures().isEmpty();
                report.add(new Result(task.workload().name(), task.peer(), task.run(), outcome));
            }
        } finally {
            // keeps the logs
            FileSystemUtils.deleteRecursively(directory.resolve("broker-data"));
        }
        report.finish();
        return failed ? 1 : 0;
    }

    private static Outcome run(Site site, Task task, Pace pace) {
        Workload workload = task.workload();
        try {
            return workload.run(site, task.peer(), pace);
        } catch (RuntimeException failure) {
            Throwable cause = failure.getCause();
            return Outcome.failed("failed: " + failure + (cause == null ? "" : ", caused by " + cause));
        }
    }
}
