package io.triggerquery.producer.internal.metrics;

import io.triggerquery.producer.internal.relay.Backlog;
import io.triggerquery.producer.internal.relay.TriggerStore;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the backlog of a store at most every few seconds. */
final class BacklogGauge {

    static final Duration FRESH = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(BacklogGauge.class);

    private final TriggerStore store;
    private final LongSupplier nanoTime;
    private @Nullable Backlog seen;
    private long lookAgainAt;

    BacklogGauge(TriggerStore store, LongSupplier nanoTime) {
        this.store = store;
        this.nanoTime = nanoTime;
        this.lookAgainAt = nanoTime.getAsLong();
    }

    double pending() {
        Backlog backlog = look();
        return backlog == null ? Double.NaN : backlog.pending();
    }

    double oldestAgeSeconds() {
        Backlog backlog = look();
        return backlog == null ? Double.NaN : backlog.oldestAge().toMillis() / 1_000.0;
    }

    double parked() {
        Backlog backlog = look();
        return backlog == null ? Double.NaN : backlog.parked();
    }

    private synchronized @Nullable Backlog look() {
        long now = nanoTime.getAsLong();
        if (now - lookAgainAt >= 0) {
            lookAgainAt = now + FRESH.toNanos();
            try {
                seen = store.backlog();
            } catch (RuntimeException e) {
                log.debug("What waits can't be counted", e);
                seen = null;
            }
        }
        return seen;
    }
}
