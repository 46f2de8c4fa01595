package io.triggerquery.bench;

import io.triggerquery.bench.report.PeerKinds;
import io.triggerquery.bench.workload.Pace;
import io.triggerquery.bench.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * All runs of a command, in order.
 *
 * @param skipped the pairs of a peer and a workload that are not possible, for the user
 */
record Plan(List<Task> tasks, List<String> skipped) {

    // the start of the broker and the source, and the first load
    private static final Duration START = Duration.ofSeconds(30);

    /** One run. */
    record Task(Workload workload, String peer, int run) {}

    /**
     * Creates a plan: in each workload all peers run in turn, repeatedly, so that a slow minute affects all of them.
     */
    static Plan of(Selection selection, int runs) {
        List<Task> tasks = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (Workload workload : selection.workloads()) {
            List<String> peers = selection.peers().stream()
                    .filter(peer -> workload.suitsLimits() || !PeerKinds.isLimit(peer))
                    .filter(peer -> workload.inPostgres() || !PeerKinds.needsPostgres(peer))
                    .toList();
            selection.peers().stream()
                    .filter(peer -> !peers.contains(peer))
                    .forEach(peer -> skipped.add(peer + " on " + workload.name()));
            for (int run = 1; run <= runs; run++) {
                for (String peer : peers) {
                    tasks.add(new Task(workload, peer, run));
                }
            }
        }
        return new Plan(tasks, skipped);
    }

    /** Returns about how long the plan takes. */
    Duration expected(Pace pace) {
        return tasks.stream().map(task -> task.workload().expected(pace)).reduce(START, Duration::plus);
    }
}
