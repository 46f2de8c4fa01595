package io.triggerquery.producer.metrics;

import io.triggerquery.producer.outbox.Backlog;
import io.triggerquery.producer.outbox.OutboxTable;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the table at most every few seconds, however often and by whomever it is asked. */
final class BacklogGauge {

    static final Duration FRESH = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(BacklogGauge.class);

    private final OutboxTable table;
    private final LongSupplier nanoTime;
    private @Nullable Backlog seen;
    private long lookAgainAt;

    BacklogGauge(OutboxTable table, LongSupplier nanoTime) {
        this.table = table;
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

    private synchronized @Nullable Backlog look() {
        long now = nanoTime.getAsLong();
        if (now - lookAgainAt >= 0) {
            lookAgainAt = now + FRESH.toNanos();
            try {
                seen = table.backlog();
            } catch (RuntimeException e) {
                log.debug("The outbox can't be counted", e);
                seen = null;
            }
        }
        return seen;
    }
}
