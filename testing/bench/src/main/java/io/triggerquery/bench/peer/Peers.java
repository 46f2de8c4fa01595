package io.triggerquery.bench.peer;

import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All peers by name. */
public final class Peers {

    private static final Map<String, Peer> BY_NAME = byName();

    private Peers() {}

    private static Map<String, Peer> byName() {
        Map<String, Peer> peers = new LinkedHashMap<>();
        peers.put("ours", new OursPeer(OneByOneListener.class, OursTransport.DEFAULT));
        peers.put(
                "ours-256",
                new OursPeer(OneByOneListener.class, OursTransport.DEFAULT, Map.of(OursPeer.PARALLELISM, 256)));
        peers.put("ours-hc5", new OursPeer(OneByOneListener.class, OursTransport.BLOCKING));
        peers.put(
                "ours-hc5-256",
                new OursPeer(OneByOneListener.class, OursTransport.BLOCKING, Map.of(OursPeer.PARALLELISM, 256)));
        peers.put("ours-by-ids", new OursPeer(ByIdsListener.class, OursTransport.DEFAULT));
        peers.put("ours-table", new OursPeer(OursPeer.TABLE, OursTransport.DEFAULT));
        peers.put(
                "ours-by-ids-no-journal",
                new OursPeer(ByIdsListener.class, OursTransport.DEFAULT, Map.of(OursPeer.JOURNAL_SIZE, 0)));
        peers.put(
                "ours-by-ids-no-control",
                new OursPeer(ByIdsListener.class, OursTransport.DEFAULT, Map.of(OursPeer.CONTROL, false)));
        peers.put(
                "ours-by-ids-token",
                new OursPeer(
                        ByIdsListener.class,
                        OursTransport.DEFAULT,
                        Map.of(OursPeer.BEARER_TOKEN, "a-token-of-usual-length-for-a-service")));
        peers.put(
                "ours-by-ids-tls",
                new OursPeer(ByIdsListener.class, OursTransport.DEFAULT, Map.of(OursPeer.SSL_BUNDLE, "source")));
        peers.put("record-1", new RecordListenerPeer(settings -> 1));
        peers.put(
                "record-n", new RecordListenerPeer(settings -> settings.topic().partitions()));
        peers.put("async-acks", new AsyncAcksPeer());
        peers.put("batch-pool", new BatchPoolPeer(false));
        peers.put("batch-dedup", new BatchPoolPeer(true));
        peers.put("batch-by-ids", BatchByIdsPeer.fast());
        peers.put("batch-one-by-one", BatchByIdsPeer.plain(Protection.NONE));
        peers.put("batch-breaker", BatchByIdsPeer.plain(Protection.CIRCUIT));
        peers.put("pc-key", new ParallelConsumerPeer(ProcessingOrder.KEY, 64));
        peers.put("pc-unordered", new ParallelConsumerPeer(ProcessingOrder.UNORDERED, 256));
        peers.put("share", new ShareConsumerPeer());
        peers.put("poll", new PollLoopPeer());
        peers.put("http-64", new HttpPeer(64));
        peers.put("http-256", new HttpPeer(256));
        peers.put("http-by-ids-4", new HttpByIdsPeer(4));
        peers.put("http-by-ids-16", new HttpByIdsPeer(16));
        peers.put("http-ours-64", new HttpOursPeer(64));
        peers.put("http-ours-256", new HttpOursPeer(256));
        return peers;
    }

    /** Returns the names, in the order in which a table lists them. */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /**
     * Returns what a peer does not guarantee, in one sentence.
     *
     * @throws IllegalArgumentException if there is no such peer; the message lists all names
     */
    public static String guarantees(String name) {
        return named(name).guarantees();
    }

    static Peer named(String name) {
        Peer peer = BY_NAME.get(name);
        if (peer == null) {
            throw new IllegalArgumentException(
                    "There is no peer '" + name + "'; there are " + String.join(", ", BY_NAME.keySet()) + ".");
        }
        return peer;
    }
}
