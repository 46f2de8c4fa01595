package io.triggerquery.producer.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@link OutboxTable} in PostgreSQL, the table {@code trigger_outbox}.
 *
 * <p>Threads: any. Bounds: none; rows wait until they are sent. Failure: Spring's {@code DataAccessException}; a
 * statement outside the caller's transaction has then changed nothing.
 */
public final class PostgresOutboxTable implements OutboxTable {

    private static final String INSERT = "insert into trigger_outbox (destination, trigger_id) values (?, ?)";

    // never "id > last seen": a lower id may commit later
    private static final String CLAIM = """
            with picked as materialized (
                select id from trigger_outbox
                where destination = ? and (claimed_until is null or claimed_until < now())
                order by id
                limit ?
                for update skip locked)
            update trigger_outbox o set claimed_until = now() + make_interval(secs => ?)
            from picked where o.id = picked.id
            returning o.id, o.trigger_id
            """;
    private static final String DELETE = "delete from trigger_outbox where id = any (?)";
    private static final String RELEASE = "update trigger_outbox set claimed_until = null where id = any (?)";
    private static final String PUT_OFF =
            "update trigger_outbox set claimed_until = now() + make_interval(secs => ?) where id = any (?)";
    private static final String STRAYS =
            "select distinct destination from trigger_outbox where destination <> all (?) limit 10";
    private static final String BACKLOG =
            "select count(*), coalesce(extract(epoch from now() - min(created_at)), 0) from trigger_outbox";

    private final JdbcClient jdbc;
    private final TransactionOperations ownTransaction;

    /** Works on the business database. */
    public PostgresOutboxTable(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        // commits whatever the pool's auto-commit setting is
        this.ownTransaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    @Override
    public void insert(String destination, String id) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            jdbc.sql(INSERT).param(destination).param(id).update();
        } else {
            update(INSERT, destination, id);
        }
    }

    @Override
    public List<OutboxRow> claim(String destination, int limit, Duration lease) {
        return ownTransaction.execute(status -> jdbc.sql(CLAIM)
                .params(destination, limit, seconds(lease))
                .query((row, n) -> new OutboxRow(row.getLong(1), row.getString(2)))
                .list());
    }

    @Override
    public void delete(List<Long> rowIds) {
        update(DELETE, array(rowIds));
    }

    @Override
    public void release(List<Long> rowIds) {
        update(RELEASE, array(rowIds));
    }

    @Override
    public void putOff(List<Long> rowIds, Duration pause) {
        update(PUT_OFF, seconds(pause), array(rowIds));
    }

    @Override
    public List<String> strays(Set<String> known) {
        return jdbc.sql(STRAYS)
                .param(known.toArray(String[]::new))
                .query((row, n) -> row.getString(1))
                .list();
    }

    @Override
    public Backlog backlog() {
        return jdbc.sql(BACKLOG)
                .query((row, n) -> new Backlog(row.getLong(1), Duration.ofMillis((long) (row.getDouble(2) * 1_000))))
                .single();
    }

    private void update(String sql, Object... values) {
        ownTransaction.executeWithoutResult(
                status -> jdbc.sql(sql).params(List.of(values)).update());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private static Object array(List<Long> rowIds) {
        return rowIds.stream().mapToLong(Long::longValue).toArray();
    }
}
