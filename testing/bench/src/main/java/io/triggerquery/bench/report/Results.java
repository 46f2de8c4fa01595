package io.triggerquery.bench.report;

import io.triggerquery.bench.workload.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The runs so far. */
final class Results {

    private final List<Result> all = new ArrayList<>();

    void add(Result result) {
        all.add(result);
    }

    /** Returns the peers of a workload, in the order of their first runs. */
    List<String> peers(String workload) {
        return of(workload).map(Result::peer).distinct().toList();
    }

    /** Returns the workloads that have runs, in order. */
    List<String> workloads() {
        return all.stream().map(Result::workload).distinct().toList();
    }

    Stream<Result> of(String workload) {
        return all.stream().filter(result -> result.workload().equals(workload));
    }

    /** Returns a peer's figure over all its runs, if it was measured. */
    Optional<Spread> spread(String workload, String peer, Figure figure) {
        List<Double> values = of(workload)
                .filter(result -> result.peer().equals(peer))
                .flatMap(
                        result -> Optional.ofNullable(result.outcome().figures().get(figure)).stream())
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }

    /** Returns the best median of a figure among those of these peers. */
    OptionalDouble best(String workload, Figure figure, List<String> peers) {
        var medians = peers.stream()
                .flatMap(peer -> spread(workload, peer, figure).stream())
                .mapToDouble(Spread::median);
        return figure.higherIsBetter() ? medians.max() : medians.min();
    }
}
