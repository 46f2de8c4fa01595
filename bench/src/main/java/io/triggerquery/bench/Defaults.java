package io.triggerquery.bench;

import io.triggerquery.bench.peer.Peers;
import io.triggerquery.bench.workload.Pace;
import java.util.List;

/**
 * What is done unless the command says otherwise.
 *
 * @param workloads their names
 * @param inGroups those that are meant by the common beginning of their names
 * @param peers their names
 * @param runs of each peer in each workload
 */
record Defaults(Pace pace, List<String> workloads, List<String> inGroups, List<String> peers, int runs) {

    private static final List<String> SIZES = List.of("W9-10k", "W9-100k", "W9-1M");

    /** Everything but the largest size. */
    static final Defaults FULL = new Defaults(
            Pace.FULL,
            List.of("W1", "W2", "W3", "W4", "W5", "W6", "W7", "W8", "W9-10k", "W9-100k", "W9-1M"),
            SIZES,
            Peers.names(),
            3);

    /** Within ten minutes: the best of each kind. */
    static final Defaults QUICK = new Defaults(
            Pace.QUICK,
            List.of("W1", "W3", "W7", "W8"),
            SIZES,
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
}
