package io.triggerquery.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.bench.workload.Figure;
import io.triggerquery.bench.workload.Outcome;
import io.triggerquery.bench.workload.Workloads;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private Report report;

    @BeforeEach
    void begin() {
        report = new Report(directory, Workloads.all(), new PrintWriter(out, true));
    }

    private void add(String workload, String peer, int run, Map<Figure, Double> figures) {
        report.add(new Result(workload, peer, run, new Outcome(figures, List.of())));
    }

    private List<String> table() throws IOException {
        return Files.readAllLines(directory.resolve("table.md"));
    }

    @Test
    void hasARowForEachPeerWithMedianAndSpread() throws Exception {
        add("W1", "ours-by-ids", 1, Map.of(Figure.RATE, 60_000.0));
        add("W1", "batch-by-ids", 1, Map.of(Figure.RATE, 30_000.0));
        add("W1", "http-by-ids-16", 1, Map.of(Figure.RATE, 100_000.0));
        add("W1", "ours-by-ids", 2, Map.of(Figure.RATE, 50_000.0));
        add("W1", "ours-by-ids", 3, Map.of(Figure.RATE, 66_000.0, Figure.CPU, 0.0123));

        assertThat(table())
                .contains(
                        "| peer | runs | triggers/s | CPU ms per trigger | queries per trigger | of the best other |",
                        "| ours-by-ids | 3 | 60,000 (50,000–66,000) | 0.0123 | – | 2.00 × |",
                        "| batch-by-ids | 1 | 30,000 | – | – | – |",
                        "| http-by-ids-16 | 1 | 100,000 | – | – | 3.33 × |");
    }

    @Test
    void showsWhichMeasuredGoalsAreMet() throws Exception {
        add("W1", "ours-by-ids", 1, Map.of(Figure.RATE, 60_000.0));
        add("W1", "batch-by-ids", 1, Map.of(Figure.RATE, 30_000.0));
        add("W1", "pc-unordered", 1, Map.of(Figure.RATE, 7_000.0));
        add("W6", "ours", 1, Map.of(Figure.WASTED, 10.0, Figure.DRAINED, Double.POSITIVE_INFINITY));

        assertThat(table())
                .filteredOn(line -> line.endsWith("met |") || line.endsWith("met** |"))
                .containsExactly(
                        "| W1 | ours-by-ids | triggers/s | ≥ 10.0 × the best single-query peer | 8.57 | **not met** |",
                        "| W1 | ours-by-ids | triggers/s | ≥ 2.00 × batch-by-ids | 2.00 | met |",
                        "| W6 | ours | calls in 10 s of outage | ≤ 10.0 | 10.0 | met |",
                        "| W6 | ours | s to all applied after it | ≤ 1.00 | never | **not met** |");
    }

    @Test
    void comparesFiguresThatShouldBeSmallInversely() throws Exception {
        add("W7", "ours", 1, Map.of(Figure.P99, 10.0));
        add("W7", "share", 1, Map.of(Figure.P99, 190.0));
        add("W7", "record-1", 1, Map.of(Figure.P99, 972.0));

        assertThat(table())
                .contains("| W7 | ours | p99 ms | ≤ 1.00 × every other peer | 0.0526 | met |")
                .anySatisfy(line -> assertThat(line).startsWith("| record-1 |").endsWith("| 5.12 × |"));
    }

    @Test
    void hasOneTableForAGroup() throws Exception {
        add("W11-504", "ours-by-ids", 1, Map.of(Figure.DONE, Double.POSITIVE_INFINITY));
        add("W11-504", "batch-breaker", 1, Map.of(Figure.DONE, 4.0));
        report.add(new Result("W11-500", "ours-by-ids", 1, Outcome.failed("failed: it has ended")));

        assertThat(table())
                .contains("## W11", "W11-500 ours-by-ids, run 1: failed: it has ended")
                .anySatisfy(line -> assertThat(line).startsWith("- W11-504: 504 for calls"))
                .anySatisfy(line -> assertThat(line).startsWith("| workload | peer | runs | s to all applied |"))
                .anySatisfy(line -> assertThat(line).startsWith("| W11-504 | ours-by-ids | 1 | never |"))
                .anySatisfy(line -> assertThat(line).startsWith("| W11-500 | ours-by-ids | 1 | – |"));
    }

    @Test
    void writesAJsonLineForEachRun() throws Exception {
        add("W6", "share", 2, Map.of(Figure.WASTED, 66.0, Figure.DRAINED, Double.POSITIVE_INFINITY));

        assertThat(Files.readString(directory.resolve("runs.jsonl")))
                .isEqualTo("{\"workload\":\"W6\",\"peer\":\"share\",\"run\":2,"
                        + "\"figures\":{\"wasted\":66.0,\"drained\":null},\"remarks\":[]}\n");
    }

    @Test
    void reportsFailures() throws Exception {
        report.add(new Result("W1", "ours", 1, Outcome.failed("failed: it has ended")));

        assertThat(out.toString()).contains("W1 ours, run 1", "failed: it has ended");
        assertThat(table()).contains("ours, run 1: failed: it has ended");
    }
}
