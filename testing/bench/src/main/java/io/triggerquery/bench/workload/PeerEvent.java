package io.triggerquery.bench.workload;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An event of a peer's process, in one line. */
sealed interface PeerEvent {

    JsonMapper JSON = JsonMapper.shared();

    /** The peer has joined its group or is about to. */
    record Ready() implements PeerEvent {}

    /**
     * The progress of the peer, several times per second.
     *
     * @param nanos nanoseconds of the epoch
     * @param applied the number of distinct ids whose state is projected
     * @param settled the number of triggers whose work is done
     * @param cpuNanos the CPU time of its process
     */
    record Sample(long nanos, long applied, long settled, long cpuNanos) implements PeerEvent {}

    /** The times from when a trigger should be sent to when its state was projected. */
    record Fresh(long count, long p50Micros, long p99Micros, long p999Micros, long maxMicros) implements PeerEvent {}

    /** The used heap after a full garbage collection. */
    record Memory(long liveBytes) implements PeerEvent {}

    /**
     * Reads a line.
     *
     * @throws RuntimeException if it is no event
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
            default -> throw new IllegalArgumentException("unknown event of a peer: " + line);
        };
    }

    private static long number(JsonNode json, String field) {
        return json.required(field).asLong();
    }
}
