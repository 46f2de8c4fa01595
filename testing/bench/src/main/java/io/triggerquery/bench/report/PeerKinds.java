package io.triggerquery.bench.report;

import java.util.List;
import java.util.function.Predicate;

/** Groups the peers by their names. */
public final class PeerKinds {

    /** Peers other than the framework that query one id at a time. */
    static final List<String> SINGLE = List.of(
            "record-1", "record-n", "async-acks", "batch-pool", "batch-dedup", "pc-key", "pc-unordered", "share");

    private PeerKinds() {}

    /** Returns whether the peer only shows a limit, without doing the whole work. */
    public static boolean isLimit(String peer) {
        return peer.equals("poll") || peer.startsWith("http-");
    }

    /** Returns whether the peer writes to PostgreSQL only. */
    public static boolean needsPostgres(String peer) {
        return peer.equals("ours-table");
    }

    private static boolean isOurs(String peer) {
        return peer.startsWith("ours");
    }

    /** Selects the peers that do the whole work, other than the framework. */
    static Predicate<String> others() {
        return peer -> !isLimit(peer) && !isOurs(peer);
    }
}
