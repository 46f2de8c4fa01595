package io.triggerquery.ctl.source;

import io.triggerquery.producer.TriggerIdFormat;
import io.triggerquery.producer.internal.sending.LogSafe;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.spool.SpoolSettings;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The SQLite file of a disk queue with the table {@code waiting}. */
final class SpoolFile implements AutoCloseable {

    private static final String FILE = "triggers.db";

    /** A complete file that replaces the other one. It exists only after a crash before the replacement. */
    private static final String NEXT = "triggers.next";

    private static final int BUSY_MILLIS = 3_000;
    private static final int PRIMARY_CODE_MASK = 0xff;

    private final Path path;
    private final Connection connection;

    private SpoolFile(Path path, Connection connection) {
        this.path = path;
        this.connection = connection;
    }

    /** Returns the current file; throws if there is none. */
    static Path check(Path directory) {
        Path next = directory.resolve(NEXT);
        Path path = Files.isRegularFile(next, LinkOption.NOFOLLOW_LINKS) ? next : directory.resolve(FILE);
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new SourceException("there is no " + path + ": give the directory of a disk queue");
        }
        return path;
    }

    static SpoolFile openToRead(Path directory) {
        return open(check(directory), true);
    }

    static SpoolFile openToChange(Path directory) {
        Path path = check(directory);
        if (path.endsWith(NEXT)) {
            throw new SourceException("a crash interrupted the replacement of " + directory.resolve(FILE)
                    + ": start its application once, which completes it");
        }
        return open(path, false);
    }

    private static SpoolFile open(Path path, boolean readOnly) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(readOnly);
        config.setBusyTimeout(BUSY_MILLIS);
        try {
            Connection connection = config.createConnection("jdbc:sqlite:" + path);
            checkVersion(path, connection);
            return new SpoolFile(path, connection);
        } catch (SQLException e) {
            throw failure(path, e);
        }
    }

    /** Rejects the file of another version of the application. A damaged file is reported when it is read. */
    private static void checkVersion(Path path, Connection connection) throws SQLException {
        int version;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("pragma user_version")) {
            version = row.getInt(1);
        } catch (SQLException e) {
            return;
        }
        if (version != SpoolSettings.FILE_VERSION) {
            connection.close();
            throw new SourceException(path + " has the layout " + version + ", but this triggerctl reads "
                    + SpoolSettings.FILE_VERSION + ": use the triggerctl of the version of its application");
        }
    }

    Contents read() {
        List<Entry> entries = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select destination, id, version, since, parked from waiting"
                        + " order by parked is null, since, destination, id")) {
            while (row.next()) {
                try {
                    entries.add(entry(row));
                } catch (IllegalArgumentException | DateTimeException e) {
                    problems.add("row " + LogSafe.of(text(row, "destination")) + " " + LogSafe.of(text(row, "id"))
                            + ": " + e.getMessage());
                }
            }
        } catch (SQLException e) {
            problems.add(damage(e));
        }
        return new Contents(entries, problems);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        String id = text(row, "id");
        TriggerIdFormat.violation(id).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        long number = row.getLong("version");
        // must be called before the next column is read
        Long version = row.wasNull() ? null : number;
        OutgoingTrigger trigger = new OutgoingTrigger(text(row, "destination"), id, version);
        String parked = row.getString("parked");
        return new Entry(
                trigger,
                Instant.parse(text(row, "since")),
                parked == null ? State.WAITING : State.PARKED,
                Objects.requireNonNullElse(parked, ""));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNullElse(row.getString(column), "");
    }

    /** Returns the damage that SQLite finds. */
    List<String> check() {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("pragma integrity_check")) {
            while (row.next()) {
                found.add(path + " is damaged: " + row.getString(1));
            }
        } catch (SQLException e) {
            return List.of(damage(e));
        }
        return found.equals(List.of(path + " is damaged: ok")) ? List.of() : found;
    }

    void delete(List<OutgoingTrigger> triggers) {
        change("delete from waiting where destination = ? and id = ?", null, triggers);
    }

    void park(List<OutgoingTrigger> triggers, String reason) {
        change("update waiting set parked = ? where destination = ? and id = ?", reason, triggers);
    }

    int unpark(String destination, @Nullable String id) {
        try (PreparedStatement update = connection.prepareStatement("update waiting set parked = null"
                + " where parked is not null and destination = ? and id = coalesce(?, id)")) {
            update.setString(1, destination);
            update.setString(2, id);
            return update.executeUpdate();
        } catch (SQLException e) {
            throw failure(path, e);
        }
    }

    private void change(String sql, @Nullable String first, List<OutgoingTrigger> triggers) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            connection.setAutoCommit(false);
            for (OutgoingTrigger trigger : triggers) {
                int column = 1;
                if (first != null) {
                    statement.setString(column++, first);
                }
                statement.setString(column++, trigger.destination());
                statement.setString(column, trigger.id());
                statement.executeUpdate();
            }
            connection.commit();
        } catch (SQLException e) {
            throw failure(path, e);
        }
    }

    private String damage(SQLException e) {
        if (is(e, SQLiteErrorCode.SQLITE_CORRUPT) || is(e, SQLiteErrorCode.SQLITE_NOTADB)) {
            return path + " is damaged: " + e.getMessage()
                    + "; its application moves it to quarantine at the next start";
        }
        throw failure(path, e);
    }

    private static SourceException failure(Path path, SQLException e) {
        boolean locked = is(e, SQLiteErrorCode.SQLITE_BUSY) || is(e, SQLiteErrorCode.SQLITE_LOCKED);
        return new SourceException(
                locked
                        ? path + " is locked by its application: use its actuator endpoint triggerproducer"
                        : "cannot use " + path + ": " + e.getMessage(),
                e);
    }

    private static boolean is(SQLException e, SQLiteErrorCode code) {
        return e instanceof SQLiteException thrown && (thrown.getResultCode().code & PRIMARY_CODE_MASK) == code.code;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(path, e);
        }
    }
}
