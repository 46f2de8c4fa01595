package io.triggerquery.bench.report;

import io.triggerquery.bench.workload.Figure;
import io.triggerquery.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** All runs of a workload, a peer a row, in Markdown. */
record Table(Results results, Workload workload) {

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("## " + workload.name() + ": " + workload.description());
        lines.add("");
        List<String> titles = new ArrayList<>(List.of("peer", "runs"));
        workload.figures().forEach(figure -> titles.add(figure.title()));
        titles.add("of the best other");
        lines.add(row(titles));
        lines.add("| --- ".repeat(titles.size()) + "|");
        results.peers(workload.name()).forEach(peer -> lines.add(row(cells(peer))));
        remarks().forEach(remark -> lines.add("\n" + remark));
        return lines;
    }

    private List<String> cells(String peer) {
        List<String> cells = new ArrayList<>();
        cells.add(peer);
        cells.add(Long.toString(results.of(workload.name())
                .filter(result -> result.peer().equals(peer))
                .count()));
        for (Figure figure : workload.figures()) {
            cells.add(Numbers.of(results.spread(workload.name(), peer, figure)));
        }
        cells.add(ratio(peer));
        return cells;
    }

    // of the first figure, to the best of those that do the job in another way
    private String ratio(String peer) {
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

    private List<String> remarks() {
        return results.of(workload.name())
                .flatMap(result -> result.outcome().remarks().stream()
                        .map(remark -> result.peer() + ", run " + result.run() + ": " + remark))
                .toList();
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
