package io.triggerquery.producer.internal.metrics;

import io.triggerquery.producer.internal.relay.Backlog;
import io.triggerquery.producer.internal.relay.TriggerStore;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the backlog of a store, at most once in {@link #MAX_AGE}. */
final class BacklogGauge {

    static final Duration MAX_AGE = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(BacklogGauge.class);

    private final TriggerStore store;
    private final LongSupplier nanoTime;
    private @Nullable Backlog lastRead;
    private long nextReadNanos;

    BacklogGauge(TriggerStore store, LongSupplier nanoTime) {
        this.store = store;
        this.nanoTime = nanoTime;
        this.nextReadNanos = nanoTime.getAsLong();
    }

    double pending() {
        Backlog backlog = read();
        return backlog == null ? Double.NaN : backlog.pending();
    }

    double oldestAgeSeconds() {
        Backlog backlog = read();
        return backlog == null ? Double.NaN : backlog.oldestAge().toMillis() / 1_000.0;
    }

    double parked() {
        Backlog backlog = read();
        return backlog == null ? Double.NaN : backlog.parked();
    }

    private synchronized @Nullable Backlog read() {
        long now = nanoTime.getAsLong();
        if (now - nextReadNanos >= 0) {
            nextReadNanos = now + MAX_AGE.toNanos();
            try {
                lastRead = store.backlog();
            } catch (RuntimeException e) {
                log.debug("The backlog of a store cannot be read", e);
                lastRead = null;
            }
        }
        return lastRead;
    }
}
