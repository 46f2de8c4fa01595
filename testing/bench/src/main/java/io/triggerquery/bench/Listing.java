package io.triggerquery.bench;

import io.triggerquery.bench.peer.Peers;
import java.util.ArrayList;
import java.util.List;

/** Lists the selected workloads, and the peers with what they do not guarantee. */
final class Listing {

    private static final String LINE = "  %-14s %s";

    private Listing() {}

    static List<String> of(Selection selection) {
        List<String> lines = new ArrayList<>();
        lines.add("Workloads:");
        selection.workloads().forEach(each -> lines.add(LINE.formatted(each.name(), each.description())));
        lines.add("Peers, and what they do not guarantee:");
        selection.peers().forEach(each -> lines.add(LINE.formatted(each, Peers.guarantees(each))));
        return lines;
    }
}
