package io.triggerquery.bench.workload;

import io.triggerquery.bench.workload.PeerEvent.Sample;
import java.util.List;

/** Checks whether a peer has done what it reports. */
final class Remarks {

    private Remarks() {}

    /** Checks whether a peer that reports the end has applied everything. */
    static List<String> of(PeerProcess process, Sample last, TopicLoad load) {
        if (last.settled() < load.triggers()) {
            return List.of();
        }
        // the two counts of a sample are read one after the other
        long applied = process.events().fresh().applied();
        return applied == load.ids()
                ? List.of()
                : List.of(String.format(
                        "reports that all triggers are done, but has applied %,d of %,d ids", applied, load.ids()));
    }

    /** Checks whether the states that a peer reports as projected are in the database. */
    static List<String> of(Sample last, long states) {
        return states >= last.applied()
                ? List.of()
                : List.of(String.format(
                        "reports that %,d ids are applied, but %,d are in the database", last.applied(), states));
    }
}
