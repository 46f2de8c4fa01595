package io.triggerquery.bench;

import io.triggerquery.bench.report.PeerKinds;
import io.triggerquery.bench.workload.Pace;
import io.triggerquery.bench.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * All runs, in order.
 *
 * @param left pairs that make no sense, in words
 */
record Plan(List<Task> tasks, List<String> left) {

    // broker, source and the first load
    private static final Duration START = Duration.ofSeconds(30);

    /** One run, of which there are several. */
    record Task(Workload workload, String peer, int run) {}

    /**
     * One workload after the other, and in it all peers in turn, again and again, so that a slow minute strikes all.
     */
    static Plan of(Selection selection, int runs) {
        List<Task> tasks = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (Workload workload : selection.workloads()) {
            List<String> peers = selection.peers().stream()
                    .filter(peer -> workload.suitsLimits() || !PeerKinds.isLimit(peer))
                    .toList();
            selection.peers().stream()
                    .filter(peer -> !peers.contains(peer))
                    .forEach(peer -> left.add(peer + " on " + workload.name()));
            for (int run = 1; run <= runs; run++) {
                for (String peer : peers) {
                    tasks.add(new Task(workload, peer, run));
                }
            }
        }
        return new Plan(tasks, left);
    }

    /** About how long it takes. */
    Duration expected(Pace pace) {
        return tasks.stream().map(task -> task.workload().expected(pace)).reduce(START, Duration::plus);
    }
}
