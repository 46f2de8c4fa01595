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
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.function.SingletonSupplier;

/**
 * A store in a database: the rows of one application in the table {@code trigger_outbox}. All times are those of the
 * database, so that the clocks of instances do not matter.
 *
 * <p>Threads: any. Bounds: none; rows wait until they are sent. Failure: Spring's {@code DataAccessException}; a
 * statement outside of the caller's transaction has then changed nothing. {@link IllegalStateException} if the database
 * is not supported, except from an insert.
 */
public final class TriggerTable implements TriggerStore, OutboxStrategy.Table {

    private static final String INSERT =
            "insert into trigger_outbox (owner, destination, trigger_id, version) values (?, ?, ?, ?)";
    private static final String OWNERS = "select distinct owner from trigger_outbox order by owner";
    private static final String COUNT_DESTINATIONS =
            "select destination, count(*) from trigger_outbox where owner = ? group by destination order by 2 desc";
    private static final int MAX_UNCONFIGURED = 10;

    private final String owner;
    private final JdbcClient jdbc;
    private final DataSource pool;
    private final BooleanSupplier inTransaction;
    private final OwnTransaction ownTransaction;
    private final SingletonSupplier<OutboxDatabase> database;
    private final SingletonSupplier<TableStatements> statements;
    private final OutboxClaims claims;
    private final RegistrationListener registrations;

    /** Creates a store in a business database, which has no registrations. */
    public TriggerTable(DataSource dataSource, Application application) {
        this(dataSource, application, RegistrationListener.NONE);
    }

    /** Creates a store in the relay service's database. */
    public TriggerTable(DataSource dataSource, Application application, RegistrationListener registrations) {
        this.owner = application.name();
        this.jdbc = JdbcClient.create(dataSource);
        this.database = SingletonSupplier.of(() -> OutboxDatabase.of(dataSource));
        this.statements = SingletonSupplier.of(() -> database.obtain().table(jdbc));
        this.claims = new OutboxClaims(statements::obtain, owner, System::nanoTime);
        CurrentTransaction current = new CurrentTransaction(dataSource);
        this.pool = current.pool();
        this.inTransaction = current::isActive;
        // commits with any auto-commit setting of the pool
        this.ownTransaction = new OwnTransaction(dataSource);
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
        return ownTransaction.call(() -> claims.claim(destination, limit, lease));
    }

    @Override
    public void done(List<Claimed> sent) {
        int unactivated = ownTransaction.call(() -> statements.obtain().done(sent));
        if (unactivated > 0) {
            registrations.sentUnactivated(unactivated);
        }
    }

    @Override
    public void release(List<Claimed> untried) {
        update(dueNow(), untried);
    }

    @Override
    public void postpone(List<Claimed> failed, Duration pause) {
        OutboxDatabase at = database.obtain();
        update(Clause.of("due_at = " + at.plus(at.now(), "?") + ", attempts = attempts + 1", micros(pause)), failed);
    }

    @Override
    public void park(List<Claimed> refused, String reason) {
        update(Clause.of("parked = ?, attempts = attempts + 1", reason), refused);
    }

    /**
     * Also takes over the rows of an earlier version, which may still run at the same time, so that they are claimed
     * from now on.
     */
    @Override
    public Map<String, Long> countUnconfigured(Set<String> known) {
        if (!owner.isEmpty()) {
            for (String destination : known) {
                update(Clause.of("owner = ?", owner), Clause.of("owner = '' and destination = ?", destination));
            }
        }
        Map<String, Long> unconfigured = new LinkedHashMap<>();
        ownTransaction
                .call(() -> jdbc.sql(COUNT_DESTINATIONS)
                        .param(owner)
                        .query((row, n) -> Map.entry(row.getString(1), row.getLong(2)))
                        .list())
                .stream()
                .filter(one -> !known.contains(one.getKey()))
                .limit(MAX_UNCONFIGURED)
                .forEach(one -> unconfigured.put(one.getKey(), one.getValue()));
        return unconfigured;
    }

    @Override
    public Backlog backlog() {
        OutboxDatabase at = database.obtain();
        // a registration counts as waiting from the time at which it is due without an activation
        String since = at.plus("created_at", "coalesce(1e6 * run_seconds * power(4, fires), 0)");
        String waits = "case when parked is null and " + since + " <= " + at.now();
        String sql = "select count(" + waits + " then 1 end), count(parked), coalesce("
                + at.micros("min(" + waits + " then " + since + " end)", at.now())
                + ", 0) from trigger_outbox where owner = ?";
        return ownTransaction.call(() -> jdbc.sql(sql)
                .param(owner)
                .query((row, n) ->
                        new Backlog(row.getLong(1), Duration.of(row.getLong(3), ChronoUnit.MICROS), row.getLong(2)))
                .single());
    }

    @Override
    public List<WaitingTrigger> list(int limit) {
        OutboxDatabase at = database.obtain();
        String sql = "select destination, trigger_id, version, attempts, parked, "
                + at.micros(at.epoch(), "created_at")
                + " as since from trigger_outbox where owner = ? order by parked is null, id limit ?";
        return ownTransaction.call(() -> jdbc.sql(sql)
                .param(owner)
                .param(limit)
                .query((row, n) -> new WaitingTrigger(
                        trigger(row),
                        Instant.EPOCH.plus(row.getLong("since"), ChronoUnit.MICROS),
                        row.getInt("attempts"),
                        row.getString("parked")))
                .list());
    }

    @Override
    public int retry(String destination, @Nullable String id) {
        // not a registration without an attempt, whose transaction may still run
        return update(
                dueNow(),
                rows(
                        "parked is null and due_at > " + database.obtain().now()
                                + " and (run_seconds is null or attempts > 0)",
                        destination,
                        id));
    }

    @Override
    public int unpark(String destination, @Nullable String id) {
        return update(
                Clause.of("parked = null, due_at = " + database.obtain().now()),
                rows("parked is not null", destination, id));
    }

    private Clause rows(String condition, String destination, @Nullable String id) {
        String own = "owner = ? and destination = ? and " + condition;
        return id == null
                ? Clause.of(own, owner, destination)
                : Clause.of(own + " and trigger_id = ?", owner, destination, id);
    }

    private Clause dueNow() {
        return Clause.of("due_at = " + database.obtain().now());
    }

    private int update(Clause assignments, Clause condition) {
        return ownTransaction.call(() -> statements.obtain().update(assignments, condition));
    }

    private void update(Clause assignments, List<Claimed> rows) {
        List<Long> ids = rows.stream().map(Claimed::row).toList();
        ownTransaction.run(() -> statements.obtain().update(assignments, ids));
    }

    static OutgoingTrigger trigger(ResultSet row) throws SQLException {
        return new OutgoingTrigger(
                row.getString("destination"), row.getString("trigger_id"), (Long) row.getObject("version"));
    }

    /** Returns a duration in microseconds, the precision of the table's times. */
    static long micros(Duration duration) {
        return duration.getSeconds() * 1_000_000 + duration.getNano() / 1_000;
    }
}
