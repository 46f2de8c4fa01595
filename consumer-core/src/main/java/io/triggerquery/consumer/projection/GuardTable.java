package io.triggerquery.consumer.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads and writes the table {@code trigger_projection}. */
final class GuardTable {

    static final int PURGED_AT_ONCE = 1_000;

    private static final String VERSIONS = """
            select id, version from trigger_projection
             where projection = ? and id = any (?) and version >= 0
            """;
    private static final String KEPT =
            "select id, version, deleted from trigger_projection where projection = ? and id = ?";
    private static final String IDS_AFTER = """
            select id from trigger_projection
             where projection = ? and id > ? and not deleted
             order by id
             limit ?
            """;
    // skips locked rows, which are being changed, until the next purge: without waits there are no deadlocks
    private static final String OLD_TOMBSTONES = """
            select id from trigger_projection
             where projection = ? and id > ? and deleted
               and applied_at < current_timestamp - cast(? as bigint) * interval '1' second
             order by id
             limit ?
               for update skip locked
            """;
    private static final String DELETE = "delete from trigger_projection where projection = ? and id = any (?)";

    private static final String NO_ROWS =
            "select projection, id, version, deleted, applied_at from trigger_projection where 1 = 0";
    private static final String FORGET = "delete from trigger_projection where projection = ? and id = ?";

    private final CallersTransaction callersTransaction;
    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final TransactionOperations purgeTransactions;
    private final Refusals refusals = new Refusals(System::nanoTime);

    GuardTable(DataSource dataSource) {
        this.callersTransaction = new CallersTransaction(dataSource);
        this.template = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(template);
        // commits regardless of the pool's auto-commit setting
        this.purgeTransactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /**
     * Writes those rows that are not older than the existing ones, in the caller's transaction.
     *
     * @param rows one for each id, in the order in which they are to be locked
     * @return the ids of the written rows
     */
    Set<String> admit(String projection, List<GuardRow> rows) {
        callersTransaction.check();
        Set<String> admitted = admitRepeatedly(template.execute(GuardTable::databaseInTransaction), projection, rows);
        refusals.of(projection, rows, admitted, id -> kept(projection, id));
        return admitted;
    }

    private Set<String> admitRepeatedly(Database database, String projection, List<GuardRow> rows) {
        for (int retries = 0; ; retries++) {
            try {
                return admit(database, projection, rows);
            } catch (DuplicateKeyException e) {
                // H2 only: another transaction has inserted one of the rows, which the repeated statement finds
                if (retries == rows.size()) {
                    throw e;
                }
            } catch (BadSqlGrammarException e) {
                throw withoutTable(database, e);
            }
        }
    }

    /** Checks that the table can be read, without a transaction. */
    void check() {
        Database database = template.execute((ConnectionCallback<Database>) Database::of);
        try {
            jdbc.sql(NO_ROWS).query().listOfRows();
        } catch (BadSqlGrammarException e) {
            throw withoutTable(database, e);
        }
    }

    /** Removes an id's row, tombstone or not, in the caller's transaction. Returns whether there was one. */
    boolean forget(String projection, String id) {
        callersTransaction.check();
        Database database = template.execute(GuardTable::databaseInTransaction);
        try {
            return jdbc.sql(FORGET).params(projection, id).update() > 0;
        } catch (BadSqlGrammarException e) {
            throw withoutTable(database, e);
        }
    }

    private static IllegalStateException withoutTable(Database database, BadSqlGrammarException e) {
        return new IllegalStateException(
                "The table trigger_projection can't be used. Add " + database.location()
                        + " to spring.flyway.locations, or run R__trigger_projection.sql from there.",
                e);
    }

    private Optional<GuardRow> kept(String projection, String id) {
        return jdbc.sql(KEPT)
                .params(projection, id)
                .query((row, number) -> new GuardRow(row.getString(1), row.getLong(2), row.getBoolean(3)))
                .optional();
    }

    private Set<String> admit(Database database, String projection, Collection<GuardRow> rows) {
        return jdbc.sql(database.admit())
                .param(projection)
                .param(column(rows, GuardRow::id).toArray(String[]::new))
                .param(column(rows, GuardRow::version).toArray(Long[]::new))
                .param(column(rows, GuardRow::deleted).toArray(Boolean[]::new))
                .query(String.class)
                .set();
    }

    Map<String, Long> versions(String projection, Collection<String> ids) {
        Map<String, Long> versions = new HashMap<>();
        RowCallbackHandler each = row -> versions.put(row.getString(1), row.getLong(2));
        jdbc.sql(VERSIONS).param(projection).param(ids.toArray(String[]::new)).query(each);
        return versions;
    }

    List<String> idsAfter(String projection, String afterId, int limit) {
        return jdbc.sql(IDS_AFTER)
                .params(projection, afterId, limit)
                .query(String.class)
                .list();
    }

    /** Deletes up to {@link #PURGED_AT_ONCE} tombstones of this age. Returns their ids in order. */
    List<String> purgeAfter(String projection, String afterId, Duration age) {
        return purgeTransactions.execute(status -> {
            List<String> ids = jdbc.sql(OLD_TOMBSTONES)
                    .params(projection, afterId, age.toSeconds(), PURGED_AT_ONCE)
                    .query(String.class)
                    .list();
            jdbc.sql(DELETE).param(projection).param(ids.toArray(String[]::new)).update();
            return ids;
        });
    }

    private static Database databaseInTransaction(Connection connection) throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalTransactionStateException(
                    "ProjectionGuard needs a transaction, but its connection commits each statement.");
        }
        return Database.of(connection);
    }

    private static <T> List<T> column(Collection<GuardRow> rows, Function<GuardRow, T> value) {
        return rows.stream().map(value).toList();
    }
}
