package io.triggerquery.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.bench.workload.Figure;
import io.triggerquery.bench.workload.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartTest {

    @TempDir
    Path directory;

    private final Results results = new Results();

    private void add(String workload, String peer, Figure figure, double value) {
        results.add(new Result(workload, peer, 1, new Outcome(Map.of(figure, value), List.of())));
    }

    @Test
    void showsPeersThatHaveNotRunAllWorkloads() throws Exception {
        add("W1", "ours", Figure.RATE, 4_766);
        add("W1", "record-1", Figure.RATE, 165);
        add("W3", "ours", Figure.RATE, 55_690);
        String three = write();
        add("W3", "record-1", Figure.RATE, 171);

        // one more bar
        assertThat(shapes(write())).isGreaterThan(shapes(three));
    }

    private String write() throws IOException {
        Path file = directory.resolve("chart.svg");
        new Chart(results).write(file);
        return Files.readString(file);
    }

    private static long shapes(String svg) {
        return svg.lines().filter(line -> line.contains("<path")).count();
    }

    @Test
    void isNotWrittenWithoutRates() {
        add("W6", "ours", Figure.DRAINED, 1);
        Path file = directory.resolve("chart.svg");

        new Chart(results).write(file);

        assertThat(file).doesNotExist();
    }
}
