package io.triggerquery.bench.workload;

import io.triggerquery.bench.workload.PeerEvent.Sample;
import java.util.List;

/** Whether a peer that says it is done has applied everything. */
final class Remarks {

    private Remarks() {}

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
}
