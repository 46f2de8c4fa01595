package io.triggerquery.consumer.projection;

import io.triggerquery.consumer.internal.database.Database;
import io.triggerquery.consumer.projection.GuardSql.Purge;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads and writes the table {@code trigger_projection}. */
final class GuardTable {

    // at every isolation level the row that was compared, which is locked
    private static final String KEPT =
            "select id, version, deleted from trigger_projection where projection = ? and id = ? for update";
    private static final String IDS_AFTER = """
            select id from trigger_projection
             where projection = ? and id > ? and not deleted
             order by id
             limit ?
            """;
    private static final String FORGET = "delete from trigger_projection where projection = ? and id = ?";

    private final CallersTransaction callersTransaction;
    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final TransactionOperations purgeTransactions;
    private final Refusals refusals = new Refusals(System::nanoTime);

    GuardTable(DataSource dataSource) {
        this.callersTransaction = new CallersTransaction(dataSource, "ProjectionGuard");
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
        Database database = databaseInTransaction();
        Set<String> admitted = admitRepeatedly(database, projection, rows);
        refusals.of(projection, rows, admitted, id -> kept(GuardSql.of(database), projection, id));
        return admitted;
    }

    private Set<String> admitRepeatedly(Database database, String projection, List<GuardRow> rows) {
        for (int retries = 0; ; retries++) {
            try {
                return GuardSql.of(database).admit(jdbc, projection, rows);
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
        Database database = database();
        try {
            jdbc.sql("select " + GuardSql.of(database).columns() + " from trigger_projection where 1 = 0")
                    .query()
                    .listOfRows();
        } catch (BadSqlGrammarException e) {
            throw withoutTable(database, e);
        }
    }

    /** Removes an id's row, tombstone or not, in the caller's transaction. Returns whether there was one. */
    boolean forget(String projection, String id) {
        Database database = databaseInTransaction();
        GuardSql sql = GuardSql.of(database);
        try {
            return jdbc.sql(FORGET)
                            .params(sql.parameter(projection), sql.parameter(id))
                            .update()
                    > 0;
        } catch (BadSqlGrammarException e) {
            throw withoutTable(database, e);
        }
    }

    private static IllegalStateException withoutTable(Database database, BadSqlGrammarException e) {
        return new IllegalStateException(
                "The table trigger_projection can't be used. Add " + database.scripts()
                        + " to spring.flyway.locations, or run R__trigger_projection.sql from there.",
                e);
    }

    private Optional<GuardRow> kept(GuardSql sql, String projection, String id) {
        return jdbc.sql(KEPT)
                .params(sql.parameter(projection), sql.parameter(id))
                .query((row, number) -> new GuardRow(sql.id(row, 1), row.getLong(2), row.getBoolean(3)))
                .optional();
    }

    Map<String, Long> versions(String projection, Collection<String> ids) {
        return GuardSql.of(database()).versions(jdbc, projection, ids);
    }

    List<String> idsAfter(String projection, String afterId, int limit) {
        GuardSql sql = GuardSql.of(database());
        return jdbc.sql(IDS_AFTER)
                .params(sql.parameter(projection), sql.parameter(afterId), limit)
                .query((row, number) -> sql.id(row, 1))
                .list();
    }

    /** Deletes a part of the tombstones of this age, those after an id in the order of the table. */
    Purge purgeAfter(String projection, String afterId, Duration age) {
        GuardSql sql = GuardSql.of(database());
        return purgeTransactions.execute(status -> sql.purge(jdbc, projection, afterId, age));
    }

    private Database database() {
        return template.execute((ConnectionCallback<Database>) GuardTable::databaseOf);
    }

    private Database databaseInTransaction() {
        callersTransaction.check();
        return template.execute((ConnectionCallback<Database>) connection -> {
            if (connection.getAutoCommit()) {
                throw new IllegalTransactionStateException(
                        "ProjectionGuard needs a transaction, but its connection commits each statement.");
            }
            return databaseOf(connection);
        });
    }

    private static Database databaseOf(Connection connection) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        String product = metaData.getDatabaseProductName();
        String version = metaData.getDatabaseProductVersion();
        return Database.of(metaData)
                .orElseThrow(() -> new IllegalStateException(
                        "ProjectionGuard supports " + Database.SUPPORTED + ", but the database is " + product + " "
                                + version + ". Compare the versions in the projection's own SQL instead:"
                                + " update ... where version <= :version"));
    }
}
