package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SQLite file, with a write-ahead log. A durable commit waits for the disk; any other does not, and becomes durable
 * with the next durable one.
 *
 * <p>Bounds: {@code maxBytes}; the log adds 4 MiB and one batch, unless another program reads for a long time. Failure:
 * after {@code SQLITE_FULL} the file can still be used, after any other error it must be closed.
 */
final class SqliteFile implements SpoolFile {

    private static final Logger log = LoggerFactory.getLogger(SqliteFile.class);
    private static final int PAGE_SIZE = 4096;
    private static final String SCHEMA = """
            create table waiting (
                destination text not null,
                id text not null,
                version integer,
                generation integer not null,
                since text not null,
                intent integer not null,
                parked text,
                primary key (destination, id)) strict, without rowid
            """;
    private static final String PUT = "insert or replace into waiting values (?, ?, ?, ?, ?, ?, ?)";
    private static final String DELETE = "delete from waiting where destination = ? and id = ?";

    private final Connection connection;
    private boolean durable = true;

    private SqliteFile(Connection connection) {
        this.connection = connection;
    }

    /** Creates a file with these rows, without a log. It is complete and on disk on return. */
    static void create(Path path, Iterable<SpoolRow> rows, long maxBytes) throws IOException, SQLException {
        // SQLite would create a file that all users can read, and gives its log and index the same permissions
        PrivateFiles.createFile(path);
        try (Connection connection = Sqlite.connect(path)) {
            Sqlite.execute(
                    connection,
                    "pragma page_size = " + PAGE_SIZE,
                    "pragma journal_mode = delete",
                    "pragma synchronous = full",
                    "pragma max_page_count = " + maxBytes / PAGE_SIZE,
                    "begin",
                    SCHEMA,
                    "pragma user_version = " + Sqlite.LAYOUT);
            try (PreparedStatement put = connection.prepareStatement(PUT)) {
                for (SpoolRow row : rows) {
                    bind(put, row);
                    put.executeUpdate();
                }
            }
            Sqlite.execute(connection, "commit");
        }
    }

    /** Opens a file that was {@linkplain #create created} before, for writing. */
    static SqliteFile open(Path path, long maxBytes) throws SQLException {
        Connection connection = Sqlite.connect(path);
        try {
            Sqlite.execute(
                    connection,
                    "pragma journal_mode = wal",
                    "pragma synchronous = full",
                    "pragma wal_autocheckpoint = 500",
                    "pragma journal_size_limit = 4194304",
                    "pragma max_page_count = " + maxBytes / PAGE_SIZE);
            return new SqliteFile(connection);
        } catch (SQLException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    /** Checks and reads the whole file. */
    List<SpoolRow> load() throws SQLException {
        List<String> problems = Sqlite.strings(connection, "pragma quick_check");
        if (!problems.equals(List.of("ok"))) {
            throw new SQLException("damaged: " + problems.get(0));
        }
        if (!Sqlite.layout(connection).equals(Sqlite.LAYOUT)) {
            throw new SQLException("the file has another layout");
        }
        List<SpoolRow> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select * from waiting order by since")) {
            while (found.next()) {
                rows.add(Sqlite.row(found));
            }
        }
        return rows;
    }

    @Override
    public void write(Map<Key, Optional<SpoolRow>> touched, boolean mustBeDurable) throws SQLException {
        if (mustBeDurable != durable) {
            Sqlite.execute(connection, "pragma synchronous = " + (mustBeDurable ? "full" : "normal"));
            durable = mustBeDurable;
        }
        Sqlite.execute(connection, "begin immediate");
        // prepared each time: the driver closes a failed statement
        try (PreparedStatement put = connection.prepareStatement(PUT);
                PreparedStatement delete = connection.prepareStatement(DELETE)) {
            for (Map.Entry<Key, Optional<SpoolRow>> one : touched.entrySet()) {
                if (one.getValue().isPresent()) {
                    bind(put, one.getValue().get());
                    put.executeUpdate();
                } else {
                    delete.setString(1, one.getKey().destination());
                    delete.setString(2, one.getKey().id());
                    delete.executeUpdate();
                }
            }
            Sqlite.execute(connection, "commit");
        } catch (SQLException e) {
            rollBack();
            throw e;
        }
    }

    private static void bind(PreparedStatement put, SpoolRow row) throws SQLException {
        put.setString(1, row.trigger().destination());
        put.setString(2, row.trigger().id());
        put.setObject(3, row.trigger().version());
        put.setLong(4, row.generation());
        put.setString(5, row.since().toString());
        put.setInt(6, row.intents());
        put.setString(7, row.parked());
    }

    private void rollBack() {
        try {
            Sqlite.execute(connection, "rollback");
        } catch (SQLException e) {
            // SQLite has rolled back itself, or the file is closed
            log.debug("The rollback failed", e);
        }
    }

    /** Returns false; {@link GuardedFile} checks the size of the log. */
    @Override
    public boolean hasLongLog() {
        return false;
    }

    @Override
    public boolean emptyLog() {
        try {
            // the first column is 0 if no reader prevented it
            return Sqlite.strings(connection, "pragma wal_checkpoint(restart)").equals(List.of("0"));
        } catch (SQLException e) {
            log.debug("The log could not be emptied", e);
            return false;
        }
    }

    @Override
    public void close() {
        closeQuietly(connection);
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            log.warn("The spool's file could not be closed: {}", e.toString());
        }
    }
}
