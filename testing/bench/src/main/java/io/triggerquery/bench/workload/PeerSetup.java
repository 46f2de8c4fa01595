package io.triggerquery.bench.workload;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The properties of a peer's process.
 *
 * @param topic the topic that it reads
 * @param ids the largest number of an id
 * @param more other system properties
 */
record PeerSetup(String topic, int partitions, int ids, Map<String, String> more) {

    PeerSetup(String topic, int partitions, int ids) {
        this(topic, partitions, ids, Map.of());
    }

    /** Returns a setup with one more system property. */
    PeerSetup with(String property, Object value) {
        Map<String, String> all = new LinkedHashMap<>(more);
        all.put(property, value.toString());
        return new PeerSetup(topic, partitions, ids, all);
    }

    /** Returns all system properties. */
    Map<String, String> properties() {
        Map<String, String> all = new LinkedHashMap<>(more);
        all.put("topic", topic);
        all.put("partitions", Integer.toString(partitions));
        all.put("ids", Integer.toString(ids));
        return all;
    }
}
