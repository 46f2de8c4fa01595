package io.triggerquery.consumer.projection;

import io.triggerquery.consumer.ResyncSource.Entry;
import io.triggerquery.consumer.ResyncSource.Page;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.internal.table.RecordLayout;
import io.triggerquery.consumer.internal.table.Row;
import io.triggerquery.consumer.internal.table.TableWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the states of a record with {@link io.triggerquery.consumer.TriggerQueryProjection} to its table. With {@link
 * io.triggerquery.consumer.TriggerQueryListener} on the record as well, the framework calls it; otherwise a listener
 * method of the application does:
 *
 * <pre>{@code
 * @TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
 * @Transactional
 * void project(List<Snapshot<Billing>> billings) {
 *     table.apply(billings);
 *     audit.record(billings);
 * }
 * }</pre>
 *
 * <p>A bean of this type is created for each record in a scanned package. {@link #of} creates one elsewhere.
 *
 * <p>Isolation: correct at READ COMMITTED; above it a conflict is a failure, and the round is repeated.
 *
 * <p>Threads: any. Bounds: one statement for each call, one for each thousand rows in MySQL and MariaDB; a statement
 * ends after 30 seconds, or with the caller's transaction. Failure: Spring's {@code DataAccessException}; nothing has
 * been written then.
 *
 * @param <S> the record
 */
public final class TableProjection<S> {

    private static final int TIMEOUT_SECONDS = 30;

    private final RecordLayout<S> layout;
    private final DataSource dataSource;
    private final Surroundings<S> surroundings;
    private final TableWriter<S> writer;
    private final TransactionTemplate transactions;
    private final CallersTransaction callersTransaction;
    private final ProjectionGuard guard;
    private final JdbcTemplate jdbc;

    /**
     * What surrounds a projection.
     *
     * @param transactionManager manages transactions of the DataSource
     * @param json writes the components that are JSON
     * @param listeners are called with what has changed
     * @param names resolves placeholders in the names of the annotation
     */
    public record Surroundings<S>(
            PlatformTransactionManager transactionManager,
            JsonMapper json,
            List<ProjectionChangeListener<S>> listeners,
            UnaryOperator<String> names) {

        /** Creates an instance without placeholders. */
        public Surroundings(
                PlatformTransactionManager transactionManager,
                JsonMapper json,
                List<ProjectionChangeListener<S>> listeners) {
            this(transactionManager, json, listeners, UnaryOperator.identity());
        }
    }

    private TableProjection(RecordLayout<S> layout, DataSource dataSource, Surroundings<S> surroundings) {
        this.layout = layout;
        this.dataSource = dataSource;
        this.surroundings = surroundings;
        this.writer = new TableWriter<>(
                layout, statement -> DataSourceUtils.applyTimeout(statement, dataSource, TIMEOUT_SECONDS));
        this.transactions = new TransactionTemplate(surroundings.transactionManager());
        this.transactions.setTimeout(TIMEOUT_SECONDS);
        this.callersTransaction = new CallersTransaction(dataSource, "A TableProjection");
        this.guard = new ProjectionGuard(dataSource);
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /**
     * Creates a projection that nothing listens to, with transactions of its own and Jackson's defaults.
     *
     * @throws org.springframework.boot.diagnostics.FailureAnalyzedException if the record is not suitable; the message
     *     says why
     */
    public static <S> TableProjection<S> of(Class<S> type, DataSource dataSource) {
        return of(
                type,
                dataSource,
                new Surroundings<>(new JdbcTransactionManager(dataSource), JsonMapper.shared(), List.of()));
    }

    /** Creates a projection, as {@link #of(Class, DataSource)} does, with other surroundings. */
    public static <S> TableProjection<S> of(Class<S> type, DataSource dataSource, Surroundings<S> surroundings) {
        return new TableProjection<>(
                RecordLayout.of(type, surroundings.names(), surroundings.json()), dataSource, surroundings);
    }

    /** Returns the record. */
    public Class<S> type() {
        return layout.type();
    }

    /** Returns the name of the component with the id. */
    public String idName() {
        return layout.idName();
    }

    /** Returns the name of the component with the version. */
    public String versionName() {
        return layout.versionName();
    }

    /** Returns whether it applies absences. */
    public boolean takesAbsence() {
        return layout.hasTombstones() || layout.annotation().guarded();
    }

    /**
     * Checks that the table exists and can store the record.
     *
     * @throws org.springframework.boot.diagnostics.FailureAnalyzedException if it can't; the message names table,
     *     column and remedy
     * @throws org.springframework.dao.DataAccessException if the database does not answer
     */
    public void checkTable() {
        jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            writer.check(connection);
            return true;
        });
        if (layout.annotation().guarded()) {
            guard.checkTable();
        }
    }

    /**
     * Writes snapshots: in the caller's transaction if there is one, else in one of its own. Of several snapshots of
     * one id the newest is written.
     *
     * @throws org.springframework.transaction.IllegalTransactionStateException if the caller's transaction is not
     *     one of the DataSource
     * @throws IllegalArgumentException if a state is one of another id or has no version, or if there is an absence
     *     that the projection does not accept
     */
    public void apply(Collection<? extends Snapshot<? extends S>> snapshots) {
        List<Row> rows = Row.sorted(snapshots.stream().map(this::row).toList());
        if (rows.isEmpty()) {
            return;
        }
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            callersTransaction.check();
            write(rows);
        } else if (needsTransaction() || !isWrittenAlone(rows)) {
            transactions.executeWithoutResult(status -> write(rows));
        }
    }

    private boolean needsTransaction() {
        return layout.annotation().guarded() || !surroundings.listeners().isEmpty();
    }

    private void write(List<Row> rows) {
        if (needsTransaction()) {
            writeAndTell(rows);
        } else {
            inTransaction(connection -> writer.write(connection, rows));
        }
    }

    private Row row(Snapshot<? extends S> snapshot) {
        if (snapshot instanceof Snapshot.Absent && !takesAbsence()) {
            throw new IllegalArgumentException("The projection " + type().getName()
                    + " does not accept absent ids. Set deletedColumn or guarded of its @TriggerQueryProjection.");
        }
        return layout.row(snapshot);
    }

    private interface Work {
        void with(Connection connection) throws SQLException;
    }

    private void inTransaction(Work work) {
        execute(connection -> {
            work.with(connection);
            return true;
        });
    }

    /**
     * Writes one statement that commits itself, and returns true, or returns false if that is not possible. It saves
     * the calls of the database that begin and commit a transaction.
     */
    private boolean isWrittenAlone(List<Row> rows) {
        return execute(connection -> connection.getAutoCommit() && writer.writeAlone(connection, rows));
    }

    private void writeAndTell(List<Row> rows) {
        List<Row> admitted = layout.annotation().guarded() ? admitted(rows) : rows;
        List<Row> deleted = layout.annotation().guarded()
                ? admitted.stream().filter(Row::deleted).toList()
                : List.of();
        List<Row> written = deleted.isEmpty()
                ? admitted
                : admitted.stream().filter(row -> !row.deleted()).toList();
        List<ProjectionChangeListener.Change<S>> changes = new ArrayList<>();
        boolean compare = !surroundings.listeners().isEmpty();
        inTransaction(connection -> {
            if (!compare) {
                writer.write(connection, written);
            } else {
                add(changes, writer.writeAndCompare(connection, written));
            }
            add(changes, writer.delete(connection, deleted, compare));
        });
        if (!changes.isEmpty()) {
            surroundings.listeners().forEach(listener -> listener.changed(List.copyOf(changes)));
        }
    }

    private void add(List<ProjectionChangeListener.Change<S>> changes, List<TableWriter.Written<S>> written) {
        written.forEach(one -> changes.add(new ProjectionChangeListener.Change<>(one.id(), one.before(), one.after())));
    }

    private List<Row> admitted(List<Row> rows) {
        return guard.admit(
                layout.annotation().table(),
                rows,
                row -> row.deleted()
                        ? new Candidate.Absent(
                                row.id(),
                                row.version() == Row.UNKNOWN ? OptionalLong.empty() : OptionalLong.of(row.version()))
                        : new Candidate.Found(row.id(), row.version()));
    }

    /** Returns the versions in the table; those of {@link #entries}. */
    public Map<String, Long> versions(Collection<String> ids) {
        return entries(ids).stream().collect(Collectors.toMap(Entry::id, Entry::version));
    }

    /** Returns what the table has of these ids. A tombstone whose version is not known is left out. */
    public List<Entry> entries(Collection<String> ids) {
        return execute(connection -> writer.entries(connection, ids));
    }

    /**
     * Returns a page of what the table has, in the order of the ids in the database.
     *
     * @param cursor {@link Page#next()} of the page before; null for the first page
     */
    public Page page(@Nullable String cursor) {
        return execute(connection -> writer.page(connection, cursor));
    }

    /** Executes statements. If they do not fit the table any more, the next ones are made for it as it is then. */
    private <T> T execute(ConnectionCallback<T> work) {
        try {
            return jdbc.execute(work);
        } catch (InvalidDataAccessResourceUsageException changed) {
            writer.forgetTable();
            throw changed;
        }
    }
}
