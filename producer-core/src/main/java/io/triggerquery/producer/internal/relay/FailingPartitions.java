package io.triggerquery.producer.internal.relay;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The failing partitions of a destination, such as one without a leader.
 *
 * <p>A part that failed together with all others is suspected only: its next failure counts if others have arrived by then.
 *
 * <p>Threads: the relay's only. Bounds: {@value #MOST} parts. A part of which nothing is heard for as long as the
 * constructor says is forgotten: another instance may have sent what waited for it.
 */
final class FailingPartitions {

    static final int MOST = 1_000;

    private record Failures(int inARow, long lastNanos) {}

    private final Map<String, Failures> parts = new LinkedHashMap<>();
    private final long forgetAfterNanos;
    private final LongSupplier nanoTime;

    FailingPartitions(Duration forgetAfter, LongSupplier nanoTime) {
        this.forgetAfterNanos = forgetAfter.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Whether it has failed before, and has taken nothing since; what does not say which it is may be all of them. */
    boolean isSuspected(String part) {
        return !part.isEmpty() && parts.containsKey(part);
    }

    /** It failed, and so may have everything else. */
    void suspect(String part) {
        if (parts.size() < MOST && !part.isEmpty()) {
            Failures before = parts.get(part);
            parts.put(part, new Failures(before == null ? 0 : before.inARow(), nanoTime.getAsLong()));
        }
    }

    /** It failed while others did not; returns how many times in a row. */
    int failed(String part) {
        Failures before = parts.get(part);
        int inARow = before == null ? 1 : before.inARow() + 1;
        if (before != null || parts.size() < MOST) {
            parts.put(part, new Failures(inARow, nanoTime.getAsLong()));
        }
        return inARow;
    }

    /** It has taken something. */
    void arrived(String part) {
        parts.remove(part);
        // what did not say which it is
        parts.remove("");
    }

    /** One that fails while others do not. */
    Optional<String> failing() {
        return having(0);
    }

    /** One that fails, or is suspected to. */
    Optional<String> any() {
        return having(-1);
    }

    private Optional<String> having(int moreFailuresThan) {
        long now = nanoTime.getAsLong();
        parts.values().removeIf(part -> now - part.lastNanos() > forgetAfterNanos);
        return parts.entrySet().stream()
                .filter(part -> part.getValue().inARow() > moreFailuresThan)
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
