package io.triggerquery.bench.report;

import io.triggerquery.bench.workload.Figure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;

/** A chart of the rates of all peers in all workloads that have a rate. */
record Chart(Results results) {

    private static final int WIDTH = 1_100;
    private static final int HEIGHT = 600;
    private static final double LEAST = 10;

    /** Writes the chart as SVG, or nothing if there are no rates. */
    void write(Path file) {
        List<String> workloads =
                results.workloads().stream().filter(this::hasRates).toList();
        if (workloads.isEmpty()) {
            return;
        }
        System.setProperty("java.awt.headless", "true");
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("Triggers per second, median")
                .yAxisTitle("triggers/s")
                .build();
        // the rates differ by a factor of hundred; a logarithmic axis must start above zero
        chart.getStyler().setYAxisLogarithmic(true).setYAxisMin(LEAST);
        workloads.stream()
                .flatMap(workload -> results.peers(workload).stream())
                .distinct()
                .forEach(peer -> add(chart, workloads, peer));
        try {
            VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean hasRates(String workload) {
        return results.peers(workload).stream()
                .anyMatch(peer -> rate(workload, peer).isPresent());
    }

    private Optional<Spread> rate(String workload, String peer) {
        return results.spread(workload, peer, Figure.RATE);
    }

    private void add(CategoryChart chart, List<String> workloads, String peer) {
        List<@Nullable Double> medians = workloads.stream()
                .<@Nullable Double>map(
                        workload -> rate(workload, peer).map(Spread::median).orElse(null))
                .toList();
        if (medians.stream().anyMatch(median -> median != null)) {
            chart.addSeries(peer, workloads, medians);
        }
    }
}
