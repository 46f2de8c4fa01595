package io.triggerquery.producer.internal.outbox;

import io.triggerquery.producer.internal.relay.Backlog;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.relay.TriggerStore;
import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A store in PostgreSQL: the rows of one application in the table {@code trigger_outbox}. All times are those of the
 * database, so that the clocks of instances do not matter.
 *
 * <p>Threads: any. Bounds: none; rows wait until they are sent. Failure: Spring's {@code DataAccessException}; a
 * statement outside of the caller's transaction has then changed nothing.
 */
public final class PostgresTriggerTable implements TriggerStore, OutboxStrategy.Table {

    private static final String INSERT =
            "insert into trigger_outbox (owner, destination, trigger_id, version) values (?, ?, ?, ?)";

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
    private static final String RELEASE = "update trigger_outbox set due_at = now() where id = any (?)";
    private static final String POSTPONE = """
            update trigger_outbox set due_at = now() + make_interval(secs => ?), attempts = attempts + 1
            where id = any (?)
            """;
    private static final String PARK =
            "update trigger_outbox set parked = ?, attempts = attempts + 1 where id = any (?)";
    // rows of an earlier version, which may still run at the same time
    private static final String TAKE_OVER =
            "update trigger_outbox set owner = ? where owner = '' and destination = any (?)";
    private static final String COUNT_UNCONFIGURED = """
            select destination, count(*) from trigger_outbox where owner = ? and destination <> all (?)
            group by destination order by 2 desc limit 10
            """;
    private static final String OWNERS = "select distinct owner from trigger_outbox order by owner";
    // a registration counts as waiting from the time at which it is due without an activation
    private static final String BACKLOG = """
            select count(*) filter (where parked is null and since <= now()), count(parked),
                coalesce(extract(epoch from now() - min(since) filter (where parked is null and since <= now())), 0)
            from (select parked, created_at + make_interval(secs => coalesce(run_seconds * 4 ^ fires, 0)) as since
                from trigger_outbox where owner = ?) waiting
            """;
    private static final String LIST = """
            select destination, trigger_id, version, created_at, attempts, parked from trigger_outbox
            where owner = ? order by parked is null, id limit ?
            """;
    // not a registration without an attempt, whose transaction may still run
    private static final String RETRY = """
            update trigger_outbox set due_at = now()
            where owner = ? and destination = ? and trigger_id = coalesce(?, trigger_id) and parked is null
                and due_at > now() and (run_seconds is null or attempts > 0)
            """;
    private static final String UNPARK = """
            update trigger_outbox set parked = null, due_at = now()
            where owner = ? and destination = ? and trigger_id = coalesce(?, trigger_id) and parked is not null
            """;

    private final String owner;
    private final JdbcClient jdbc;
    private final DataSource pool;
    private final BooleanSupplier inTransaction;
    private final TransactionOperations ownTransaction;
    private final OutboxClaims claims;
    private final RegistrationListener registrations;

    /** Creates a store in a business database, which has no registrations. */
    public PostgresTriggerTable(DataSource dataSource, Application application) {
        this(dataSource, application, RegistrationListener.NONE);
    }

    /** Creates a store in the relay service's database. */
    public PostgresTriggerTable(DataSource dataSource, Application application, RegistrationListener registrations) {
        this.owner = application.name();
        this.jdbc = JdbcClient.create(dataSource);
        this.claims = new OutboxClaims(jdbc, owner, System::nanoTime);
        CurrentTransaction current = new CurrentTransaction(dataSource);
        this.pool = current.pool();
        this.inTransaction = current::isActive;
        // commits with any auto-commit setting of the pool
        this.ownTransaction = OwnTransaction.of(dataSource);
        this.registrations = registrations;
    }

    /** Returns the applications that own rows, in alphabetical order. */
    public static List<Application> owners(DataSource dataSource) {
        return JdbcClient.create(dataSource)
                .sql(OWNERS)
                .query((row, n) -> new Application(row.getString(1)))
                .list();
    }

    @Override
    public boolean isInTransaction() {
        return inTransaction.getAsBoolean();
    }

    @Override
    public void insert(OutgoingTrigger trigger) {
        insert(trigger, jdbc);
    }

    /** Uses a connection of its own: the row could be rolled back on the thread's, whose transaction may have ended. */
    @Override
    public void insertAlone(OutgoingTrigger trigger) {
        try (Connection connection = pool.getConnection()) {
            insert(trigger, JdbcClient.create(new SingleConnectionDataSource(connection, true)));
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("A trigger could not be inserted into trigger_outbox", e);
        }
    }

    private void insert(OutgoingTrigger trigger, JdbcClient client) {
        client.sql(INSERT)
                .param(owner)
                .param(trigger.destination())
                .param(trigger.id())
                .param(trigger.version())
                .update();
    }

    @Override
    public List<Claimed> claim(String destination, int limit, Duration lease) {
        return ownTransaction.execute(status -> claims.claim(destination, limit, seconds(lease)));
    }

    @Override
    public void done(List<Claimed> sent) {
        Integer fired = ownTransaction.execute(
                status -> statement(DONE, array(sent, Claimed::row), array(sent, Claimed::generation))
                        .query(Integer.class)
                        .single());
        if (fired != null && fired > 0) {
            registrations.sentUnactivated(fired);
        }
    }

    @Override
    public void release(List<Claimed> untried) {
        update(RELEASE, array(untried, Claimed::row));
    }

    @Override
    public void postpone(List<Claimed> failed, Duration pause) {
        update(POSTPONE, seconds(pause), array(failed, Claimed::row));
    }

    @Override
    public void park(List<Claimed> refused, String reason) {
        update(PARK, reason, array(refused, Claimed::row));
    }

    /** Also takes over the rows of an earlier version, so that they are claimed from now on. */
    @Override
    public Map<String, Long> countUnconfigured(Set<String> known) {
        Object names = known.toArray(String[]::new);
        if (!owner.isEmpty()) {
            update(TAKE_OVER, owner, names);
        }
        return statement(COUNT_UNCONFIGURED, owner, names)
                .query((row, n) -> Map.entry(row.getString(1), row.getLong(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Backlog backlog() {
        return statement(BACKLOG, owner)
                .query((row, n) -> new Backlog(
                        row.getLong(1), Duration.ofMillis((long) (row.getDouble(3) * 1_000)), row.getLong(2)))
                .single();
    }

    @Override
    public List<WaitingTrigger> list(int limit) {
        return statement(LIST, owner, limit)
                .query((row, n) ->
                        new WaitingTrigger(trigger(row), since(row), row.getInt("attempts"), row.getString("parked")))
                .list();
    }

    @Override
    public int retry(String destination, @Nullable String id) {
        return update(RETRY, owner, destination, id);
    }

    @Override
    public int unpark(String destination, @Nullable String id) {
        return update(UNPARK, owner, destination, id);
    }

    private int update(String sql, @Nullable Object... values) {
        Integer changed =
                ownTransaction.execute(status -> statement(sql, values).update());
        return changed == null ? 0 : changed;
    }

    private JdbcClient.StatementSpec statement(String sql, @Nullable Object... values) {
        JdbcClient.StatementSpec statement = jdbc.sql(sql);
        for (Object value : values) {
            statement = statement.param(value);
        }
        return statement;
    }

    private static OutgoingTrigger trigger(ResultSet row) throws SQLException {
        return new OutgoingTrigger(
                row.getString("destination"), row.getString("trigger_id"), (Long) row.getObject("version"));
    }

    private static Instant since(ResultSet row) throws SQLException {
        return row.getTimestamp("created_at").toInstant();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private static Object array(List<Claimed> claimed, ToLongFunction<Claimed> number) {
        return claimed.stream().mapToLong(number).toArray();
    }
}
