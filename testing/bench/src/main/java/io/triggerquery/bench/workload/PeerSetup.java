package io.triggerquery.bench.workload;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a peer process is told.
 *
 * @param topic what it reads
 * @param ids the largest number of an id
 * @param more system properties beside these
 */
record PeerSetup(String topic, int partitions, int ids, Map<String, String> more) {

    PeerSetup(String topic, int partitions, int ids) {
        this(topic, partitions, ids, Map.of());
    }

    /** With one more system property. */
    PeerSetup with(String property, Object value) {
        Map<String, String> all = new LinkedHashMap<>(more);
        all.put(property, value.toString());
        return new PeerSetup(topic, partitions, ids, all);
    }

    /** All of it. */
    Map<String, String> properties() {
        Map<String, String> all = new LinkedHashMap<>(more);
        all.put("topic", topic);
        all.put("partitions", Integer.toString(partitions));
        all.put("ids", Integer.toString(ids));
        return all;
    }
}
