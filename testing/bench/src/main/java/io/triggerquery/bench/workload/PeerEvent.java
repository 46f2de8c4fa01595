package io.triggerquery.bench.workload;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a peer process says in a line. */
sealed interface PeerEvent {

    JsonMapper JSON = JsonMapper.shared();

    /** It has joined its group or is about to. */
    record Ready() implements PeerEvent {}

    /**
     * How far it is, several times a second.
     *
     * @param nanos of the epoch
     * @param applied different ids whose state is projected
     * @param settled triggers whose work is done
     * @param cpuNanos that its process has used
     */
    record Sample(long nanos, long applied, long settled, long cpuNanos) implements PeerEvent {}

    /** Times from when a trigger was meant to be sent to when its state was projected. */
    record Fresh(long count, long p50Micros, long p99Micros, long p999Micros, long maxMicros) implements PeerEvent {}

    /** What lives after a full collection. */
    record Memory(long liveBytes) implements PeerEvent {}

    /**
     * Reads a line.
     *
     * @throws RuntimeException if it is none of these
     */
    static PeerEvent of(String line) {
        JsonNode json = JSON.readTree(line);
        String event = json.path("event").asString();
        return switch (event) {
            case "ready" -> new Ready();
            case "sample" ->
                new Sample(
                        number(json, "nanos"),
                        number(json, "applied"),
                        number(json, "settled"),
                        number(json, "cpuNanos"));
            case "fresh" ->
                new Fresh(
                        number(json, "count"),
                        number(json, "p50Micros"),
                        number(json, "p99Micros"),
                        number(json, "p999Micros"),
                        number(json, "maxMicros"));
            case "memory" -> new Memory(number(json, "liveBytes"));
            default -> throw new IllegalArgumentException("a peer says what nobody understands: " + line);
        };
    }

    private static long number(JsonNode json, String field) {
        return json.required(field).asLong();
    }
}
