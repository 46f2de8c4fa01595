package io.triggerquery.producer.internal.outbox;

import io.triggerquery.producer.internal.relay.Claimed;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The statements of databases that cannot return the rows that they change: rows are locked, then changed by their
 * ids.
 *
 * <p>Rows are always found by an index, and searched for with {@code skip locked}, so that no statement waits for an
 * open business transaction, which has locked the rows that it inserted.
 */
final class PortableTable implements TableStatements {

    static final String SKIP_LOCKED = " for update skip locked";

    private static final String PRIMARY = "primary";
    private static final int CHUNK = 1_000;

    /** A row that was registered: its number, its generation now, and what a send makes of it. */
    private record Registered(long id, long generation, boolean isActivated, int fires) {

        boolean isFiredLast() {
            return fires >= 2;
        }
    }

    private final JdbcClient jdbc;
    private final OutboxDatabase database;
    private final String claim;

    PortableTable(JdbcClient jdbc, OutboxDatabase database) {
        this.jdbc = jdbc;
        this.database = database;
        // the lower bound is on due_at, not on id, because a row with a lower id may be committed later
        this.claim = """
                select id, generation, destination, trigger_id, version, attempts, %s as late
                from trigger_outbox%s
                where owner = ? and destination = ? and due_at <= %s and parked is null and due_at >= %s
                order by due_at, id
                limit ?
                """.formatted(
                                database.micros("due_at", database.now()),
                                database.index("trigger_outbox_work"),
                                database.now(),
                                database.plus(database.now(), "?"))
                + SKIP_LOCKED;
    }

    @Override
    public List<Row> claim(Due due, int limit, Duration lease) {
        List<Row> rows = jdbc.sql(claim)
                .param(due.owner())
                .param(due.destination())
                .param(-TriggerTable.micros(due.lookBack()))
                .param(limit)
                .query((row, n) -> Row.of(row, Duration.of(row.getLong("late"), ChronoUnit.MICROS)))
                .list();
        update(
                Clause.of("due_at = " + database.plus(database.now(), "?"), TriggerTable.micros(lease)),
                rows.stream().map(row -> row.claimed().row()).toList());
        return rows;
    }

    @Override
    public int done(List<Claimed> sent) {
        // at once what nothing has activated since its claim: its generation was 0 then as now
        int deleted = delete("generation = 0 and run_seconds is null", ids(sent));
        return deleted == sent.size() ? 0 : doneRegistered(sent);
    }

    private int doneRegistered(List<Claimed> sent) {
        Map<Long, Long> claimed = sent.stream().collect(Collectors.toMap(Claimed::row, Claimed::generation, Math::min));
        List<Long> again = new ArrayList<>();
        List<Long> fired = new ArrayList<>();
        List<Long> gone = new ArrayList<>();
        int unactivated = 0;
        for (Registered row : lock(ids(sent))) {
            if (claimed.getOrDefault(row.id(), -1L) != row.generation()) {
                again.add(row.id());
                continue;
            }
            unactivated += row.isActivated() ? 0 : 1;
            (row.isActivated() || row.isFiredLast() ? gone : fired).add(row.id());
        }
        update(Clause.of("due_at = " + database.now()), again);
        // in this order, because MySQL computes each value from those that it has already assigned
        update(
                Clause.of("due_at = " + database.plus("created_at", "1e6 * run_seconds * power(4, fires + 1)")
                        + ", fires = fires + 1, attempts = 0"),
                fired);
        delete("1 = 1", gone);
        return unactivated;
    }

    private List<Registered> lock(List<Long> ids) {
        Clause in = Placeholders.in("id", ids);
        String sql = "select id, generation, run_seconds is null as activated, fires from trigger_outbox"
                + database.index(PRIMARY) + " where " + in.sql() + " for update";
        return Clause.statement(jdbc, sql, in)
                .query((row, n) -> new Registered(
                        row.getLong("id"), row.getLong("generation"), row.getBoolean("activated"), row.getInt("fires")))
                .list();
    }

    private int delete(String condition, List<Long> ids) {
        if (ids.isEmpty()) {
            return 0;
        }
        Clause in = Placeholders.in("id", ids);
        String sql = database.deleteByIndex(PRIMARY) + " where " + in.sql() + " and " + condition;
        return Clause.statement(jdbc, sql, in).update();
    }

    @Override
    public void update(Clause assignments, List<Long> ids) {
        if (ids.isEmpty()) {
            return;
        }
        Clause in = Placeholders.in("id", ids);
        String sql =
                "update trigger_outbox" + database.index(PRIMARY) + " set " + assignments.sql() + " where " + in.sql();
        Clause.statement(jdbc, sql, assignments, in).update();
    }

    @Override
    public int update(Clause assignments, Clause condition) {
        String sql = "select id from trigger_outbox where " + condition.sql() + " and id > ? order by id limit " + CHUNK
                + SKIP_LOCKED;
        int changed = 0;
        long last = 0;
        List<Long> ids;
        do {
            ids = Clause.statement(jdbc, sql, condition, Clause.of("", last))
                    .query(Long.class)
                    .list();
            update(assignments, ids);
            changed += ids.size();
            last = ids.isEmpty() ? last : ids.get(ids.size() - 1);
        } while (ids.size() == CHUNK);
        return changed;
    }

    private static List<Long> ids(List<Claimed> rows) {
        return rows.stream().map(Claimed::row).toList();
    }
}
