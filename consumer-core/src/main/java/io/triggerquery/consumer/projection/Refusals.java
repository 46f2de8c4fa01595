package io.triggerquery.consumer.projection;

import io.triggerquery.consumer.internal.log.MinuteLimiter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the refusals of a guard. Most concern an answer that was read before a newer one; but if a source has restarted
 * its versions, the current state of an id is refused.
 *
 * <p>Threads: any. Bounds: one line a minute, with the number of refusals since the last line.
 */
final class Refusals {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private final MinuteLimiter limiter;
    private long refused;

    Refusals(LongSupplier nanoTime) {
        this.limiter = new MinuteLimiter(nanoTime);
    }

    /**
     * Counts the refused rows, and logs one of them at most once a minute.
     *
     * @param kept reads the existing row of an id; called at most once a minute
     */
    void of(String projection, List<GuardRow> rows, Set<String> admitted, Function<String, Optional<GuardRow>> kept) {
        int count = rows.size() - admitted.size();
        long since = count == 0 ? 0 : countRefused(count);
        if (since > 0) {
            rows.stream()
                    .filter(row -> !admitted.contains(row.id()))
                    .findFirst()
                    .ifPresent(row -> kept.apply(row.id()).ifPresent(newer -> report(projection, row, newer, since)));
        }
    }

    private static void report(String projection, GuardRow row, GuardRow kept, long since) {
        log.warn(
                "The projection {} keeps {} of {}, and {} was refused ({} refused since the last such line). This is"
                        + " correct for an answer that was read earlier. If the source has restarted its versions, call"
                        + " ProjectionGuard.forget(\"{}\", \"{}\") and trigger the id",
                projection,
                kept,
                row.id(),
                row,
                since,
                projection,
                row.id());
    }

    /** Adds refusals. Returns the number since the last line, or 0 if the next line is not due. */
    private synchronized long countRefused(int count) {
        refused += count;
        if (!limiter.isDue()) {
            return 0;
        }
        long since = refused;
        refused = 0;
        return since;
    }
}
