package io.triggerquery.consumer.internal.table;

import io.triggerquery.consumer.ResyncSource.Entry;
import io.triggerquery.consumer.ResyncSource.Page;
import io.triggerquery.consumer.internal.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Reads and writes the table of a record.
 *
 * <p>Threads: any. Each call uses the connection that it is given, and neither commits nor closes it.
 */
public final class TableWriter<S> {

    private static final int IDS_AT_ONCE = 1_000;
    private static final String UNIQUE_VIOLATION = "23505";

    private final RecordLayout<S> layout;
    private final StatementLimit limit;
    private volatile @Nullable Statements statements;
    /** Whether the table was empty, and no id has been found in it since. */
    private volatile boolean filling;

    /** Limits how long a statement may take. */
    @FunctionalInterface
    public interface StatementLimit {

        /** Sets the time limit of a statement. */
        void apply(PreparedStatement statement) throws SQLException;
    }

    private record Statements(Table table, TableSql sql, StoredRows rows, StoredVersions versions) {}

    /** What a write has done to an id: the row before and after it, null where there was or is none. */
    public record Written<S>(
            String id, @Nullable S before, @Nullable S after) {}

    /** Creates a writer, which looks at the table when it is first used. */
    public TableWriter(RecordLayout<S> layout, StatementLimit limit) {
        this.layout = layout;
        this.limit = limit;
    }

    /**
     * Checks that the table can store the records, once until it is forgotten.
     *
     * @throws FailureAnalyzedException if it can't
     */
    public void check(Connection connection) throws SQLException {
        known(connection);
    }

    private Statements known(Connection connection) throws SQLException {
        Statements known = statements;
        if (known == null) {
            Table table = TableCheck.of(connection, layout);
            filling = table.database() == Database.POSTGRESQL && isEmpty(connection, table);
            TableSql sql = TableSql.of(table);
            known = new Statements(table, sql, new StoredRows(table, layout), new StoredVersions(table, sql));
            statements = known;
        }
        return known;
    }

    /** Looks at the table again when it is next used: a migration may have changed it. */
    public void forgetTable() {
        statements = null;
    }

    private Statements statements(Connection connection) throws SQLException {
        try {
            return known(connection);
        } catch (FailureAnalyzedException unsuitable) {
            // after the start no one reads the analysis
            throw new IllegalStateException(
                    unsuitable.getMessage() + " " + unsuitable.analysis().getAction(), unsuitable);
        }
    }

    private static boolean isEmpty(Connection connection, Table table) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select 1 from " + table.name() + " limit 1");
                ResultSet rows = select.executeQuery()) {
            return !rows.next();
        }
    }

    /**
     * Writes as {@link #write} does, with a connection that commits each statement, and returns true; or returns false
     * if that needs several statements.
     *
     * <p>An empty table is filled by plain inserts until one of them finds its id there: in PostgreSQL they need a
     * third less CPU time than inserts that may become updates.
     */
    public boolean writeAlone(Connection connection, List<Row> rows) throws SQLException {
        TableSql sql = statements(connection).sql;
        if (rows.size() > sql.rowsAtOnce()) {
            return false;
        }
        if (filling) {
            try {
                execute(connection, sql, sql.insert(rows.size()), rows);
                return true;
            } catch (SQLException failure) {
                if (!UNIQUE_VIOLATION.equals(failure.getSQLState())) {
                    throw failure;
                }
                filling = false;
            }
        }
        write(connection, rows);
        return true;
    }

    /**
     * Writes those rows that are newer than the existing ones.
     *
     * @param rows as {@link Row#sorted} returns them
     */
    public void write(Connection connection, List<Row> rows) throws SQLException {
        TableSql sql = statements(connection).sql;
        for (List<Row> part : parts(rows, sql.rowsAtOnce())) {
            for (int conflicts = 0; !isWritten(connection, sql, part, conflicts); ) {
                conflicts++;
            }
        }
    }

    /** Returns false if another transaction has just inserted one of the rows, which only H2 does not wait for. */
    private boolean isWritten(Connection connection, TableSql sql, List<Row> rows, int conflicts) throws SQLException {
        try {
            execute(connection, sql, sql.upsert(rows.size()), rows);
            return true;
        } catch (SQLIntegrityConstraintViolationException conflict) {
            if (conflict.getErrorCode() == StoredRows.H2_DUPLICATE_KEY && conflicts < rows.size()) {
                return false;
            }
            throw conflict;
        }
    }

    private void execute(Connection connection, TableSql sql, String text, List<Row> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            limit.apply(statement);
            sql.bind(statement, connection, rows);
            statement.executeUpdate();
        }
    }

    /**
     * Writes as {@link #write} does, and returns what has changed. It locks and reads the rows before, so it needs a
     * transaction.
     */
    public List<Written<S>> writeAndCompare(Connection connection, List<Row> rows) throws SQLException {
        Statements known = statements(connection);
        List<? extends Comparable<?>> ids = rows.stream().map(Row::key).toList();
        Map<String, StoredRows.Stored> before = stored(connection, known, ids, true);
        List<Row> added =
                rows.stream().filter(row -> !before.containsKey(row.id())).toList();
        for (List<Row> part : parts(added, known.sql.rowsAtOnce())) {
            // fails if another transaction has just inserted one of them, whose row would be the one before
            execute(connection, known.sql, known.sql.insert(part.size()), part);
        }
        write(
                connection,
                rows.stream().filter(row -> before.containsKey(row.id())).toList());
        return compare(rows, before, stored(connection, known, ids, false));
    }

    private List<Written<S>> compare(
            List<Row> rows, Map<String, StoredRows.Stored> before, Map<String, StoredRows.Stored> after) {
        List<Written<S>> written = new ArrayList<>();
        for (Row row : rows) {
            S old = state(before.get(row.id()));
            StoredRows.Stored stored = after.get(row.id());
            if (!StoredRows.same(before.get(row.id()), stored)) {
                S now = state(stored);
                if (old != null || now != null) {
                    written.add(new Written<>(row.id(), old, now));
                }
            }
        }
        return written;
    }

    private @Nullable S state(StoredRows.@Nullable Stored stored) {
        return stored == null || stored.deleted() ? null : layout.state(stored.values());
    }

    /** Deletes rows, and returns what they were if they are asked for. */
    public List<Written<S>> delete(Connection connection, List<Row> rows, boolean compare) throws SQLException {
        Statements known = statements(connection);
        List<? extends Comparable<?>> ids = rows.stream().map(Row::key).toList();
        Map<String, StoredRows.Stored> before = compare ? stored(connection, known, ids, true) : Map.of();
        for (List<? extends Comparable<?>> part : parts(ids, IDS_AT_ONCE)) {
            try (PreparedStatement statement = connection.prepareStatement(
                    "delete from " + known.table.name() + " where " + known.sql.idIn(part.size()))) {
                limit.apply(statement);
                known.sql.bindIds(statement, connection, part);
                statement.executeUpdate();
            }
        }
        return compare(rows, before, Map.of());
    }

    private Map<String, StoredRows.Stored> stored(
            Connection connection, Statements known, List<? extends Comparable<?>> ids, boolean lock)
            throws SQLException {
        Map<String, StoredRows.Stored> all = new HashMap<>();
        for (List<? extends Comparable<?>> part : parts(ids, IDS_AT_ONCE)) {
            String select = known.rows.select(known.sql.idIn(part.size()), lock);
            try (PreparedStatement statement = connection.prepareStatement(select)) {
                limit.apply(statement);
                known.sql.bindIds(statement, connection, part);
                try (ResultSet rows = statement.executeQuery()) {
                    known.rows.read(rows, all);
                }
            }
        }
        return all;
    }

    /** Returns what the table has of ids; see {@link StoredVersions}. */
    public List<Entry> entries(Connection connection, Collection<String> ids) throws SQLException {
        Statements known = statements(connection);
        List<Entry> entries = new ArrayList<>();
        for (List<? extends Comparable<?>> part :
                parts(ids.stream().filter(layout::isKey).map(layout::key).toList(), IDS_AT_ONCE)) {
            entries.addAll(known.versions.ofIds(connection, part, limit));
        }
        return entries;
    }

    /** Returns a page of what the table has, in the order of its ids; the first one, or that after an id. */
    public Page page(Connection connection, @Nullable String after) throws SQLException {
        return statements(connection).versions.page(connection, after == null ? null : layout.key(after), limit);
    }

    private static <T> List<List<T>> parts(List<T> all, int size) {
        List<List<T>> parts = new ArrayList<>();
        for (int start = 0; start < all.size(); start += Math.min(size, all.size() - start)) {
            parts.add(all.subList(start, start + Math.min(size, all.size() - start)));
        }
        return parts;
    }
}
