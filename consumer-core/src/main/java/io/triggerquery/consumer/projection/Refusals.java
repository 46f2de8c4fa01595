package io.triggerquery.consumer.projection;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what a guard has refused. Most of it is an answer that was read before a newer one; but where a source counts
 * from the start again, it is the current state of an id.
 *
 * <p>Threads: any. Bounds: one line a minute, which says how many were refused since the line before.
 */
final class Refusals {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    private long notBefore;
    private long refused;

    Refusals(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.notBefore = nanoTime.getAsLong();
    }

    /**
     * Takes into account what was refused of rows.
     *
     * @param kept reads the row that is there for an id; is called at most once a minute
     */
    void of(String projection, List<GuardRow> rows, Set<String> admitted, Function<String, Optional<GuardRow>> kept) {
        int count = rows.size() - admitted.size();
        long since = count == 0 ? 0 : take(count);
        if (since > 0) {
            rows.stream()
                    .filter(row -> !admitted.contains(row.id()))
                    .findFirst()
                    .ifPresent(row -> kept.apply(row.id()).ifPresent(newer -> tell(projection, row, newer, since)));
        }
    }

    private static void tell(String projection, GuardRow row, GuardRow kept, long since) {
        log.warn(
                "The projection {} keeps {} of {}, and {} was refused ({} refused since the line before). That is right"
                        + " for an answer that was read earlier. If the source counts from the start again, call"
                        + " ProjectionGuard.forget(\"{}\", \"{}\") and trigger the id",
                projection,
                kept,
                row.id(),
                row,
                since,
                projection,
                row.id());
    }

    /** Returns how many were refused since the line before, or 0 if it is not time for another. */
    private synchronized long take(int count) {
        refused += count;
        long now = nanoTime.getAsLong();
        if (now - notBefore < 0) {
            return 0;
        }
        notBefore = now + MINUTE;
        long since = refused;
        refused = 0;
        return since;
    }
}
