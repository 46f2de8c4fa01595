package io.triggerquery.bench.report;

import io.triggerquery.bench.workload.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reports the runs: a line for each one, and in a directory {@code runs.jsonl}, {@code table.md} and {@code chart.svg},
 * all of which are complete after each run.
 *
 * <p>Threads: one. Failure: {@link UncheckedIOException} if a file cannot be written.
 */
public final class Report {

    private final Results results = new Results();
    private final Path directory;
    private final List<Workload> workloads;
    private final PrintWriter out;

    /**
     * Creates a report, and overwrites an earlier one in the directory.
     *
     * @param workloads the workloads that may be added
     * @param out receives the printed lines
     */
    public Report(Path directory, List<Workload> workloads, PrintWriter out) {
        this.directory = directory;
        this.workloads = List.copyOf(workloads);
        this.out = out;
        try {
            Files.createDirectories(directory);
            Files.writeString(runs(), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path runs() {
        return directory.resolve("runs.jsonl");
    }

    /** Adds a run. */
    public void add(Result result) {
        results.add(result);
        out.println(progress(result));
        try {
            Files.writeString(runs(), JsonLine.of(result) + "\n", StandardOpenOption.APPEND);
            Files.write(directory.resolve("table.md"), tables());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new Chart(results).write(directory.resolve("chart.svg"));
    }

    private static String progress(Result result) {
        String figures = result.outcome().figures().entrySet().stream()
                .map(figure -> figure.getKey().title() + " " + Numbers.of(figure.getValue()))
                .collect(Collectors.joining(", "));
        String remarks = result.outcome().remarks().stream()
                .map(remark -> "\n    " + remark)
                .collect(Collectors.joining());
        return result.workload() + " " + result.peer() + ", run " + result.run() + ": " + figures + remarks;
    }

    /** Prints the tables. */
    public void finish() {
        tables().forEach(out::println);
        out.println();
        out.println("Written to " + directory + ": table.md, runs.jsonl, chart.svg");
    }

    // W9-10k and W9-100k are two sizes of W9
    private static String group(Workload workload) {
        return workload.name().replaceFirst("-.*", "");
    }

    private List<String> tables() {
        List<String> lines = new ArrayList<>();
        workloads.stream()
                .filter(workload -> results.workloads().contains(workload.name()))
                .collect(Collectors.groupingBy(Report::group, LinkedHashMap::new, Collectors.toList()))
                .forEach((group, members) -> {
                    lines.addAll(new Table(results, group, members).lines());
                    lines.add("");
                });
        lines.addAll(Goals.lines(results));
        return lines;
    }
}
