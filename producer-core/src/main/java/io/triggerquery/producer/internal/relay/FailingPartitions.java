package io.triggerquery.producer.internal.relay;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The failing partitions of a destination, such as one without a leader.
 *
 * <p>A part that failed together with all others is only suspected: its next failure counts if others were acknowledged
 * in between.
 *
 * <p>Threads: the relay's only. Bounds: {@value #MAX_PARTS} parts. A part without a result for the given time is
 * removed: another instance may have sent its entries.
 */
final class FailingPartitions {

    static final int MAX_PARTS = 1_000;

    private record Failures(int consecutive, long lastNanos) {}

    private final Map<String, Failures> parts = new LinkedHashMap<>();
    private final long forgetAfterNanos;
    private final LongSupplier nanoTime;

    FailingPartitions(Duration forgetAfter, LongSupplier nanoTime) {
        this.forgetAfterNanos = forgetAfter.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Returns whether the part has failed and acknowledged nothing since; an unknown part may be all of them. */
    boolean isSuspected(String part) {
        return !part.isEmpty() && parts.containsKey(part);
    }

    /** Records a failure that may affect the whole destination. */
    void suspect(String part) {
        if (parts.size() < MAX_PARTS && !part.isEmpty()) {
            Failures before = parts.get(part);
            parts.put(part, new Failures(before == null ? 0 : before.consecutive(), nanoTime.getAsLong()));
        }
    }

    /** Records a failure while others were acknowledged, and returns the number of consecutive ones. */
    int failed(String part) {
        Failures before = parts.get(part);
        int consecutive = before == null ? 1 : before.consecutive() + 1;
        if (before != null || parts.size() < MAX_PARTS) {
            parts.put(part, new Failures(consecutive, nanoTime.getAsLong()));
        }
        return consecutive;
    }

    /** Records an acknowledgement. */
    void arrived(String part) {
        parts.remove(part);
        // the unknown part
        parts.remove("");
    }

    /** Returns a part that fails while others do not. */
    Optional<String> failing() {
        return withMoreFailuresThan(0);
    }

    /** Returns a part that fails or is suspected to. */
    Optional<String> any() {
        return withMoreFailuresThan(-1);
    }

    private Optional<String> withMoreFailuresThan(int count) {
        long now = nanoTime.getAsLong();
        parts.values().removeIf(part -> now - part.lastNanos() > forgetAfterNanos);
        return parts.entrySet().stream()
                .filter(part -> part.getValue().consecutive() > count)
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
