package io.triggerquery.consumer.internal.resync;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores checkpoints in the table {@code trigger_resync}, for all instances that share the database. Without the table,
 * it logs that once and keeps them in memory.
 *
 * <p>Threads: any. Bounds: one row for each listener. Failure: Spring's {@code DataAccessException}.
 */
public final class JdbcResyncProgress implements ResyncProgress {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private static final String READ =
            "select page_cursor, everything, started_at, finished_at from trigger_resync where listener = ?";
    private static final String UPDATE = """
            update trigger_resync set page_cursor = ?, everything = ?, started_at = ?, finished_at = ?
             where listener = ?
            """;
    private static final String INSERT = """
            insert into trigger_resync (page_cursor, everything, started_at, finished_at, listener)
            values (?, ?, ?, ?, ?)
            """;

    private final ResyncProgress withoutTable = new InMemoryResyncProgress();
    private final JdbcClient jdbc;
    private final TransactionOperations ownTransaction;
    private volatile boolean tableIsMissing;

    /** Creates a store in a database that all instances share. */
    public JdbcResyncProgress(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        // commits regardless of the pool's auto-commit setting
        this.ownTransaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    @Override
    public Optional<Checkpoint> read(String listener) throws Exception {
        if (!tableIsMissing) {
            try {
                return jdbc.sql(READ)
                        .param(listener)
                        .query(JdbcResyncProgress::checkpoint)
                        .optional();
            } catch (BadSqlGrammarException noTable) {
                useMemory(noTable);
            }
        }
        return withoutTable.read(listener);
    }

    @Override
    public void write(String listener, Checkpoint checkpoint) throws Exception {
        if (tableIsMissing) {
            withoutTable.write(listener, checkpoint);
        } else {
            ownTransaction.executeWithoutResult(status -> {
                if (run(UPDATE, listener, checkpoint) == 0) {
                    run(INSERT, listener, checkpoint);
                }
            });
        }
    }

    private int run(String sql, String listener, Checkpoint checkpoint) {
        return jdbc.sql(sql)
                .param(checkpoint.cursor())
                .param(checkpoint.everything())
                .param(time(checkpoint.startedAt()))
                .param(time(checkpoint.finishedAt()))
                .param(listener)
                .update();
    }

    private void useMemory(BadSqlGrammarException noTable) {
        tableIsMissing = true;
        log.info(
                "A resync begins with the first page after a restart, because the table trigger_resync cannot be read:"
                        + " {}. To let it continue from its checkpoint, add classpath:db/triggerquery to"
                        + " spring.flyway.locations (for H2 classpath:db/triggerquery-h2), or run"
                        + " R__trigger_resync.sql from there.",
                noTable.getMessage());
    }

    private static Checkpoint checkpoint(ResultSet row, int number) throws SQLException {
        return new Checkpoint(row.getString(1), row.getBoolean(2), instant(row, 3), instant(row, 4));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
