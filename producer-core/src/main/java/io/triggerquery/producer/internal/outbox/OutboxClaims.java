package io.triggerquery.producer.internal.outbox;

import io.triggerquery.producer.internal.outbox.TableStatements.Due;
import io.triggerquery.producer.internal.outbox.TableStatements.Row;
import io.triggerquery.producer.internal.relay.Claimed;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Claims rows of the table {@code trigger_outbox}.
 *
 * <p>Threads: any; claims for one destination one at a time, as a relay makes them. Bounds: see {@link ClaimWindow}.
 */
final class OutboxClaims {

    private final Supplier<TableStatements> statements;
    private final String owner;
    private final LongSupplier nanoTime;
    private final Map<String, ClaimWindow> windows = new ConcurrentHashMap<>();

    OutboxClaims(Supplier<TableStatements> statements, String owner, LongSupplier nanoTime) {
        this.statements = statements;
        this.owner = owner;
        this.nanoTime = nanoTime;
    }

    List<Claimed> claim(String destination, int limit, Duration lease) {
        ClaimWindow window = windows.computeIfAbsent(destination, name -> new ClaimWindow());
        long start = nanoTime.getAsLong();
        Duration lookBack = window.lookBack(start);
        List<Row> rows;
        try {
            rows = statements.get().claim(new Due(owner, destination, lookBack), limit, lease);
        } catch (RuntimeException e) {
            window.failed(lookBack, start, nanoTime.getAsLong());
            throw e;
        }
        window.succeeded(lookBack, start, nanoTime.getAsLong(), rows.size() < limit ? Duration.ZERO : minLag(rows));
        return rows.stream().map(Row::claimed).toList();
    }

    private static Duration minLag(List<Row> rows) {
        Duration lag =
                rows.stream().map(Row::lag).min(Comparator.naturalOrder()).orElse(Duration.ZERO);
        return lag.isNegative() ? Duration.ZERO : lag;
    }
}
