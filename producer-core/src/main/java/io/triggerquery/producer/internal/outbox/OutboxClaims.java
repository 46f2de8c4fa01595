package io.triggerquery.producer.internal.outbox;

import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Claims rows of the table {@code trigger_outbox}.
 *
 * <p>Threads: any; claims for one destination one at a time, as a relay makes them. Bounds: see {@link ClaimWindow}.
 */
final class OutboxClaims {

    /**
     * The lower bound is on {@code due_at}, not on {@code id}, because a row with a lower id may be committed later.
     */
    static final String CLAIM = """
            with picked as materialized (
                select id, due_at from trigger_outbox
                where owner = ? and destination = ? and due_at <= now() and parked is null
                    and due_at >= now() - make_interval(secs => ?)
                order by due_at, id
                limit ?
                for update skip locked)
            update trigger_outbox o set due_at = now() + make_interval(secs => ?)
            from picked where o.id = picked.id
            returning o.id, o.generation, o.destination, o.trigger_id, o.version, o.attempts,
                extract(epoch from now() - picked.due_at) as late
            """;

    private record Row(Claimed claimed, double lagSeconds) {}

    private final JdbcClient jdbc;
    private final String owner;
    private final LongSupplier nanoTime;
    private final Map<String, ClaimWindow> windows = new ConcurrentHashMap<>();

    OutboxClaims(JdbcClient jdbc, String owner, LongSupplier nanoTime) {
        this.jdbc = jdbc;
        this.owner = owner;
        this.nanoTime = nanoTime;
    }

    List<Claimed> claim(String destination, int limit, double leaseSeconds) {
        ClaimWindow window = windows.computeIfAbsent(destination, name -> new ClaimWindow());
        long start = nanoTime.getAsLong();
        Duration lookBack = window.lookBack(start);
        List<Row> rows;
        try {
            rows = claim(destination, limit, leaseSeconds, lookBack);
        } catch (RuntimeException e) {
            window.failed(lookBack, start, nanoTime.getAsLong());
            throw e;
        }
        window.succeeded(lookBack, start, nanoTime.getAsLong(), rows.size() < limit ? Duration.ZERO : minLag(rows));
        return rows.stream().map(Row::claimed).toList();
    }

    private List<Row> claim(String destination, int limit, double leaseSeconds, Duration lookBack) {
        return jdbc.sql(CLAIM)
                .param(owner)
                .param(destination)
                .param(lookBack.toMillis() / 1_000.0)
                .param(limit)
                .param(leaseSeconds)
                .query((row, n) -> row(row))
                .list();
    }

    private static Duration minLag(List<Row> rows) {
        double seconds = rows.stream().mapToDouble(Row::lagSeconds).min().orElse(0);
        return Duration.ofMillis((long) (Math.max(0, seconds) * 1_000));
    }

    private static Row row(ResultSet row) throws SQLException {
        OutgoingTrigger trigger = new OutgoingTrigger(
                row.getString("destination"), row.getString("trigger_id"), (Long) row.getObject("version"));
        return new Row(
                new Claimed(row.getLong("id"), row.getLong("generation"), trigger, row.getInt("attempts")),
                row.getDouble("late"));
    }
}
