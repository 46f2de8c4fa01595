package io.triggerquery.bench.report;

import io.triggerquery.bench.workload.Figure;
import io.triggerquery.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * A Markdown table of all runs of some workloads, with a row for each workload and peer.
 *
 * @param group the common name of the workloads
 * @param workloads at least one; all have the same figures
 */
record Table(Results results, String group, List<Workload> workloads) {

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("## " + (isAlone() ? heading(workloads.get(0)) : group));
        lines.add("");
        if (!isAlone()) {
            workloads.forEach(workload -> lines.add("- " + heading(workload)));
            lines.add("");
        }
        List<String> titles = new ArrayList<>(isAlone() ? List.of() : List.of("workload"));
        titles.addAll(List.of("peer", "runs"));
        workloads.get(0).figures().forEach(figure -> titles.add(figure.title()));
        titles.add("of the best other");
        lines.add(row(titles));
        lines.add("| --- ".repeat(titles.size()) + "|");
        for (Workload workload : workloads) {
            results.peers(workload.name()).forEach(peer -> lines.add(row(cells(workload, peer))));
        }
        workloads.stream().flatMap(this::remarks).forEach(remark -> lines.add("\n" + remark));
        return lines;
    }

    private boolean isAlone() {
        return workloads.size() == 1;
    }

    private static String heading(Workload workload) {
        return workload.name() + ": " + workload.description();
    }

    private List<String> cells(Workload workload, String peer) {
        List<String> cells = new ArrayList<>(isAlone() ? List.of() : List.of(workload.name()));
        cells.add(peer);
        cells.add(Long.toString(results.of(workload.name())
                .filter(result -> result.peer().equals(peer))
                .count()));
        for (Figure figure : workload.figures()) {
            cells.add(Numbers.of(results.spread(workload.name(), peer, figure)));
        }
        cells.add(ratio(workload, peer));
        return cells;
    }

    // compares the first figure with the best of the peers other than the framework
    private String ratio(Workload workload, String peer) {
        Figure figure = workload.figures().get(0);
        List<String> rivals = results.peers(workload.name()).stream()
                .filter(PeerKinds.others())
                .filter(other -> !other.equals(peer))
                .toList();
        Optional<Spread> own = results.spread(workload.name(), peer, figure);
        OptionalDouble best = results.best(workload.name(), figure, rivals);
        if (own.isEmpty() || best.isEmpty() || Double.isInfinite(best.getAsDouble()) || best.getAsDouble() == 0) {
            return "–";
        }
        double ratio = own.get().median() / best.getAsDouble();
        return Double.isInfinite(ratio) ? "–" : Numbers.of(ratio) + " ×";
    }

    private Stream<String> remarks(Workload workload) {
        String where = isAlone() ? "" : workload.name() + " ";
        return results.of(workload.name())
                .flatMap(result -> result.outcome().remarks().stream()
                        .map(remark -> where + result.peer() + ", run " + result.run() + ": " + remark));
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
