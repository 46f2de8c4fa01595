package io.triggerquery.bench.report;

import java.util.List;
import java.util.function.Predicate;

/** What the names of the peers say of them. */
public final class PeerKinds {

    /** Peers of other people that ask for one id at a time. */
    static final List<String> SINGLE = List.of(
            "record-1", "record-n", "async-acks", "batch-pool", "batch-dedup", "pc-key", "pc-unordered", "share");

    private PeerKinds() {}

    /** Whether it shows only what is possible, and does not do the job. */
    public static boolean isLimit(String peer) {
        return peer.equals("poll") || peer.startsWith("http-");
    }

    private static boolean isOurs(String peer) {
        return peer.startsWith("ours");
    }

    /** Those that do the job in another way than ours. */
    static Predicate<String> others() {
        return peer -> !isLimit(peer) && !isOurs(peer);
    }
}
