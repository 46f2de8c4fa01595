package io.triggerquery.bench;

import io.triggerquery.bench.peer.Peers;
import io.triggerquery.bench.workload.Workload;
import io.triggerquery.bench.workload.Workloads;
import java.util.List;
import java.util.stream.Stream;

/**
 * The defaults of a command.
 *
 * @param workloads the names of the workloads
 * @param inGroups the names of those that are selected by a group's name, such as W9
 * @param peers the names of the peers
 * @param runs the number of runs of each peer in each workload
 */
record Defaults(List<String> workloads, List<String> inGroups, List<String> peers, int runs) {

    private static final List<String> TROUBLES =
            Workloads.troubles().stream().map(Workload::name).toList();
    private static final List<String> IN_GROUPS = Stream.concat(
                    Stream.of("W9-10k", "W9-100k", "W9-1M"), TROUBLES.stream())
            .toList();

    /** All workloads without faults, except the largest size, and all peers. */
    static final Defaults FULL = new Defaults(
            List.of("W1", "W2", "W3", "W4", "W5", "W6", "W7", "W8", "W8-updates", "W9-10k", "W9-100k", "W9-1M"),
            IN_GROUPS,
            Peers.names(),
            3);

    /** The best peers of each kind and a few workloads, which takes less than ten minutes. */
    static final Defaults QUICK = new Defaults(
            List.of("W1", "W3", "W7", "W8"),
            IN_GROUPS,
            List.of(
                    "ours",
                    "ours-hc5-256",
                    "ours-by-ids",
                    "batch-pool",
                    "batch-by-ids",
                    "pc-unordered",
                    "http-256",
                    "http-by-ids-16"),
            1);

    /**
     * The workloads with faults, and listeners written by hand, with and without a circuit breaker, to compare with.
     */
    static final Defaults TROUBLE =
            new Defaults(TROUBLES, IN_GROUPS, List.of("ours-by-ids", "batch-one-by-one", "batch-breaker"), 1);
}
