package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.TriggerIdFormat;
import io.triggerquery.producer.internal.sending.LogSafe;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Utility functions for SQLite. */
final class Sqlite {

    /** The version of the file's layout, which the file states as its {@code user_version}. */
    static final String LAYOUT = "1";

    /** An operator who reads the file may lock it for a moment. */
    private static final int BUSY_MILLIS = 1_000;

    /** Higher than any real generation, and low enough that incrementing it cannot overflow. */
    private static final long HIGHEST_GENERATION = 1L << 60;

    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private static final int PRIMARY_CODE = 0xff;

    private Sqlite() {}

    static Connection connect(Path path) throws SQLException {
        return connect(path, new SQLiteConfig());
    }

    /** Connects without changing the file or its log. */
    static Connection connectToRead(Path path) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return connect(path, config);
    }

    private static Connection connect(Path path, SQLiteConfig config) throws SQLException {
        config.setBusyTimeout(BUSY_MILLIS);
        return config.createConnection("jdbc:sqlite:" + path);
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static List<String> strings(Connection connection, String sql) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                strings.add(String.valueOf(found.getString(1)));
            }
        }
        return strings;
    }

    /** Returns the version of a file's layout; "0" if it was not created completely. */
    static String layout(Connection connection) throws SQLException {
        return strings(connection, "pragma user_version").get(0);
    }

    /** Reads a row; values that are never written are damage. */
    static SpoolRow row(ResultSet found) throws SQLException {
        String destination = found.getString("destination");
        String id = found.getString("id");
        String since = found.getString("since");
        long generation = found.getLong("generation");
        if (destination == null || id == null || since == null || generation > HIGHEST_GENERATION) {
            throw damaged(found, "it has values that are never written");
        }
        Optional<String> violation = TriggerIdFormat.violation(id);
        if (violation.isPresent()) {
            throw damaged(found, violation.get());
        }
        long version = found.getLong("version");
        OutgoingTrigger trigger = new OutgoingTrigger(destination, id, found.wasNull() ? null : version);
        try {
            return new SpoolRow(
                    trigger,
                    generation,
                    generation,
                    bounded(Instant.parse(since)),
                    found.getInt("intent"),
                    found.getString("parked"));
        } catch (DateTimeException e) {
            throw damaged(found, String.valueOf(e.getMessage()));
        }
    }

    private static SQLException damaged(ResultSet row, String reason) throws SQLException {
        return new SQLException("row " + LogSafe.of(String.valueOf(row.getString("destination"))) + " "
                + LogSafe.of(String.valueOf(row.getString("id"))) + ": " + reason);
    }

    /** Returns a time whose age fits into nanoseconds; a wrong clock is not damage. */
    private static Instant bounded(Instant since) {
        if (since.isBefore(EARLIEST)) {
            return EARLIEST;
        }
        return since.isAfter(LATEST) ? LATEST : since;
    }

    static boolean isDamage(Throwable e) {
        return is(e, SQLiteErrorCode.SQLITE_CORRUPT) || is(e, SQLiteErrorCode.SQLITE_NOTADB);
    }

    /** Returns whether there is no room in the file or on the disk. */
    static boolean isFull(Throwable e) {
        return is(e, SQLiteErrorCode.SQLITE_FULL);
    }

    static boolean is(Throwable e, SQLiteErrorCode code) {
        return e instanceof SQLiteException thrown && (thrown.getResultCode().code & PRIMARY_CODE) == code.code;
    }
}
