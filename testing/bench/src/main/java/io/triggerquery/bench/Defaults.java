package io.triggerquery.bench;

import io.triggerquery.bench.peer.Peers;
import io.triggerquery.bench.workload.Workload;
import io.triggerquery.bench.workload.Workloads;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is done unless the command says otherwise.
 *
 * @param workloads their names
 * @param inGroups those that are meant by the common beginning of their names
 * @param peers their names
 * @param runs of each peer in each workload
 */
record Defaults(List<String> workloads, List<String> inGroups, List<String> peers, int runs) {

    private static final List<String> TROUBLES =
            Workloads.troubles().stream().map(Workload::name).toList();
    private static final List<String> IN_GROUPS = Stream.concat(
                    Stream.of("W9-10k", "W9-100k", "W9-1M"), TROUBLES.stream())
            .toList();

    /** Everything but the largest size, and what goes wrong. */
    static final Defaults FULL = new Defaults(
            List.of("W1", "W2", "W3", "W4", "W5", "W6", "W7", "W8", "W9-10k", "W9-100k", "W9-1M"),
            IN_GROUPS,
            Peers.names(),
            3);

    /** Within ten minutes: the best of each kind. */
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

    /** What goes wrong, beside what is written by hand without and with a circuit breaker. */
    static final Defaults TROUBLE =
            new Defaults(TROUBLES, IN_GROUPS, List.of("ours-by-ids", "batch-one-by-one", "batch-breaker"), 1);
}
