package io.triggerquery.consumer.internal.engine;

import java.util.List;

/**
 * Remembers which of the last 64 queried ids failed.
 *
 * <p>Threads: guarded by the engine's lock.
 */
final class RecentOutcomes {

    private long failed;

    void add(List<Outcome> outcomes) {
        for (int i = Math.max(0, outcomes.size() - Long.SIZE); i < outcomes.size(); i++) {
            failed = failed << 1 | (outcomes.get(i) instanceof Outcome.Failure ? 1 : 0);
        }
    }

    boolean mostlyFailed() {
        return Long.bitCount(failed) > Long.SIZE / 2;
    }
}
