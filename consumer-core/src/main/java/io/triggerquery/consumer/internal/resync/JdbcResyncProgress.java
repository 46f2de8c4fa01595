package io.triggerquery.consumer.internal.resync;

import io.triggerquery.consumer.internal.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores checkpoints in the table {@code trigger_resync}, for all instances that share the database. Without the table,
 * or in a database that is not supported, it logs that once and keeps them in memory.
 *
 * <p>Threads: any. Bounds: one row for each listener. Failure: Spring's {@code DataAccessException}.
 */
public final class JdbcResyncProgress implements ResyncProgress {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private static final String READ =
            "select page_cursor, everything, started_at, finished_at from trigger_resync where listener = ?";
    private static final String DELETE = "delete from trigger_resync where listener = ?";
    private static final String INSERT = """
            insert into trigger_resync (listener, page_cursor, everything, started_at, finished_at)
            values (?, ?, ?, ?, ?)
            """;

    private final ResyncProgress withoutTable = new InMemoryResyncProgress();
    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final TransactionOperations ownTransaction;
    private volatile boolean inMemory;

    /** Creates a store in a database that all instances share. */
    public JdbcResyncProgress(DataSource dataSource) {
        this.template = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(template);
        // commits regardless of the pool's auto-commit setting
        this.ownTransaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    @Override
    public Optional<Checkpoint> read(String listener) throws Exception {
        Database database = database();
        if (database != null) {
            try {
                return jdbc.sql(READ)
                        .param(listener)
                        .query((row, number) -> checkpoint(database, row))
                        .optional();
            } catch (BadSqlGrammarException noTable) {
                useMemory("the table trigger_resync cannot be read: " + noTable.getMessage()
                        + ". To let it continue from its checkpoint, add " + database.scripts()
                        + " to spring.flyway.locations, or run R__trigger_resync.sql from there.");
            }
        }
        return withoutTable.read(listener);
    }

    @Override
    public void write(String listener, Checkpoint checkpoint) throws Exception {
        Database database = database();
        if (database == null) {
            withoutTable.write(listener, checkpoint);
        } else {
            // not by the number of updated rows, which some connections to MySQL count differently
            ownTransaction.executeWithoutResult(status -> {
                jdbc.sql(DELETE).param(listener).update();
                jdbc.sql(INSERT)
                        .param(listener)
                        .param(checkpoint.cursor())
                        .param(checkpoint.everything())
                        .param(parameter(database, checkpoint.startedAt()))
                        .param(parameter(database, checkpoint.finishedAt()))
                        .update();
            });
        }
    }

    /** Returns the database, or null if the progress is kept in memory. */
    private @Nullable Database database() {
        if (inMemory) {
            return null;
        }
        Optional<Database> database = template.execute(
                (ConnectionCallback<Optional<Database>>) connection -> Database.of(connection.getMetaData()));
        if (database.isEmpty()) {
            useMemory("its database is not one of " + Database.SUPPORTED + ".");
        }
        return database.orElse(null);
    }

    private void useMemory(String reason) {
        inMemory = true;
        log.info("A resync begins with the first page after a restart, because {}", reason);
    }

    private static Checkpoint checkpoint(Database database, ResultSet row) throws SQLException {
        return new Checkpoint(row.getString(1), row.getBoolean(2), database.time(row, 3), database.time(row, 4));
    }

    private static @Nullable Object parameter(Database database, @Nullable Instant time) {
        return time == null ? null : database.parameter(time);
    }
}
