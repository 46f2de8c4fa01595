package io.triggerquery.bench.report;

import io.triggerquery.bench.report.Goal.AtMost;
import io.triggerquery.bench.report.Goal.Rivals;
import io.triggerquery.bench.report.Goal.Times;
import io.triggerquery.bench.workload.Figure;
import io.triggerquery.bench.workload.Workload;
import io.triggerquery.bench.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The goals, and which of them are met, in Markdown. */
final class Goals {

    private static final String SINGLE = "ours";
    private static final String SINGLE_256 = "ours-256";
    private static final String SAME_TRANSPORT = "ours-hc5-256";
    private static final String BY_IDS = "ours-by-ids";

    private static final String TABLE = "ours-table";

    private static final Rivals BEST_SINGLE = new Rivals("the best single-query peer", PeerKinds.SINGLE);
    private static final Rivals HAND_WRITTEN = new Rivals("batch-by-ids", List.of("batch-by-ids"));
    private static final Rivals OWN_SQL = new Rivals(BY_IDS, List.of(BY_IDS));
    private static final Rivals BARE_SINGLE = new Rivals("http-256", List.of("http-256"));
    private static final Rivals BARE_BY_IDS =
            new Rivals("the bare by-ids client", List.of("http-by-ids-4", "http-by-ids-16"));
    private static final Rivals ALL_OTHERS = new Rivals(
            "every other peer",
            Stream.concat(PeerKinds.SINGLE.stream(), HAND_WRITTEN.peers().stream())
                    .toList());

    private static final List<Goal> ALL = all();

    private Goals() {}

    private static List<Goal> all() {
        List<Goal> goals = new ArrayList<>();
        for (String workload : List.of("W1", "W4")) {
            goals.add(new Times(workload, SAME_TRANSPORT, Figure.RATE, 1.2, BEST_SINGLE));
            goals.add(new Times(workload, SAME_TRANSPORT, Figure.RATE, 0.85, BARE_SINGLE));
            goals.add(new Times(workload, SINGLE, Figure.RATE, 2, BEST_SINGLE));
            goals.add(new Times(workload, SINGLE_256, Figure.RATE, 2, BEST_SINGLE));
            goals.add(new Times(workload, BY_IDS, Figure.RATE, 10, BEST_SINGLE));
            goals.add(new Times(workload, BY_IDS, Figure.RATE, 2, HAND_WRITTEN));
            goals.add(new Times(workload, BY_IDS, Figure.RATE, 0.6, BARE_BY_IDS));
        }
        goals.add(new Times("W3", BY_IDS, Figure.RATE, 2, HAND_WRITTEN));
        goals.add(new AtMost("W3", BY_IDS, Figure.QUERIES, 0.01));
        for (String peer : List.of(SINGLE, BY_IDS)) {
            goals.add(new AtMost("W5", peer, Figure.SLOWER, 1.1));
            goals.add(new AtMost("W5", peer, Figure.LAG_BESIDE, 1));
            goals.add(new AtMost("W5", peer, Figure.HEALED, 1));
            goals.add(new AtMost("W6", peer, Figure.WASTED, 10));
            goals.add(new AtMost("W6", peer, Figure.FIRST, 0.5));
            goals.add(new AtMost("W6", peer, Figure.DRAINED, 1));
            goals.add(new AtMost("W7", peer, Figure.P50, 8));
            goals.add(new AtMost("W7", peer, Figure.P99, 20));
            goals.add(new Times("W7", peer, Figure.P50, 1, ALL_OTHERS));
            goals.add(new Times("W7", peer, Figure.P99, 1, ALL_OTHERS));
        }
        for (Workload trouble : Workloads.troubles()) {
            if (trouble.name().startsWith("W10-")) {
                goals.add(new AtMost(trouble.name(), BY_IDS, Figure.IN_TROUBLE, 250));
                goals.add(new AtMost(trouble.name(), BY_IDS, Figure.DRAINED, 3));
            }
        }
        goals.add(new AtMost("W12-burst", BY_IDS, Figure.P99, 5_000));
        goals.add(new Times("W8", BY_IDS, Figure.RATE, 2, HAND_WRITTEN));
        goals.add(new Times("W8", TABLE, Figure.RATE, 1.5, HAND_WRITTEN));
        goals.add(new Times("W8", TABLE, Figure.RATE, 1.2, OWN_SQL));
        goals.add(new Times("W8", BY_IDS, Figure.RATE, 8, BEST_SINGLE));
        for (String workload : List.of("W1", "W2", "W3", "W4")) {
            goals.add(new Times(workload, BY_IDS, Figure.CPU, 1, ALL_OTHERS));
        }
        return goals;
    }

    /** Returns a row for each goal for which these runs have a figure. */
    static List<String> lines(Results results) {
        List<String> rows =
                ALL.stream().flatMap(goal -> row(goal, results).stream()).toList();
        if (rows.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of(
                "## Goals",
                "",
                "| workload | peer | figure | goal | measured | |",
                "| --- | --- | --- | --- | --- | --- |"));
        lines.addAll(rows);
        return lines;
    }

    private static List<String> row(Goal goal, Results results) {
        OptionalDouble measured = goal.measured(results);
        if (measured.isEmpty()) {
            return List.of();
        }
        double value = measured.getAsDouble();
        return List.of("| " + goal.workload() + " | " + goal.peer() + " | "
                + goal.figure().title() + " | "
                + goal.wanted() + " | " + Numbers.of(value) + " | " + (goal.isMet(value) ? "met" : "**not met**")
                + " |");
    }
}
