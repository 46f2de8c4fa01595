package io.triggerquery.producer.internal.outbox;

import io.triggerquery.producer.internal.relay.Claimed;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements of PostgreSQL: one for each operation, with arrays as parameters. */
final class PostgresTable implements TableStatements {

    /**
     * The lower bound is on {@code due_at}, not on {@code id}, because a row with a lower id may be committed later.
     */
    private static final String CLAIM = """
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

    // an activation since the claim increments the generation: such a row is neither deleted nor counted as fired
    private static final String DONE = """
            with sent as (select * from unnest(?::bigint[], ?::bigint[]) as sent (id, generation)),
                fired as (
                    update trigger_outbox o
                    set fires = o.fires + 1, attempts = 0,
                        due_at = o.created_at + make_interval(secs => o.run_seconds * 4 ^ (o.fires + 1))
                    from sent
                    where o.id = sent.id and o.generation = sent.generation and o.run_seconds is not null
                        and o.fires < 2
                    returning o.id),
                gone as (
                    delete from trigger_outbox o using sent
                    where o.id = sent.id and o.generation = sent.generation and (o.run_seconds is null or o.fires >= 2)
                    returning o.run_seconds),
                again as (
                    update trigger_outbox o set due_at = now() from sent
                    where o.id = sent.id and o.generation <> sent.generation)
            select (select count(*) from fired) + (select count(run_seconds) from gone)
            """;

    private final JdbcClient jdbc;

    PostgresTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Row> claim(Due due, int limit, Duration lease) {
        return jdbc.sql(CLAIM)
                .param(due.owner())
                .param(due.destination())
                .param(seconds(due.lookBack()))
                .param(limit)
                .param(seconds(lease))
                .query((row, n) -> Row.of(row, Duration.ofMillis((long) (row.getDouble("late") * 1_000))))
                .list();
    }

    @Override
    public int done(List<Claimed> sent) {
        return jdbc.sql(DONE)
                .param(array(sent, Claimed::row))
                .param(array(sent, Claimed::generation))
                .query(Integer.class)
                .single();
    }

    @Override
    public void update(Clause assignments, List<Long> ids) {
        update(assignments, Clause.of("id = any (?)", (Object) array(ids, id -> id)));
    }

    @Override
    public int update(Clause assignments, Clause condition) {
        String sql = "update trigger_outbox set " + assignments.sql() + " where " + condition.sql();
        return Clause.statement(jdbc, sql, assignments, condition).update();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private static <T> long[] array(List<T> rows, ToLongFunction<T> number) {
        return rows.stream().mapToLong(number).toArray();
    }
}
