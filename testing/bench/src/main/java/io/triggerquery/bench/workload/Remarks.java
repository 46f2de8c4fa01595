package io.triggerquery.bench.workload;

import io.triggerquery.bench.workload.PeerEvent.Sample;
import java.util.List;

/** Whether a peer has done what it says. */
final class Remarks {

    private Remarks() {}

    /** Whether one that says it is done has applied everything. */
    static List<String> of(PeerProcess process, Sample last, TopicLoad load) {
        if (last.settled() < load.triggers()) {
            return List.of();
        }
        // both counts of one sample are not taken at the same instant
        long applied = process.talk().fresh().applied();
        return applied == load.ids()
                ? List.of()
                : List.of(String.format("says that all is done, and has applied %,d of %,d ids", applied, load.ids()));
    }

    /** Whether the states that a peer says it has projected are in the database. */
    static List<String> of(Sample last, long states) {
        return states >= last.applied()
                ? List.of()
                : List.of(String.format(
                        "says that %,d ids are applied, and %,d are in the database", last.applied(), states));
    }
}
