package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a file that another process may be using, or that is damaged: from the front up to the damage, then from the
 * back. Changes nothing.
 *
 * <p>Failure: {@link SpoolException} if there is no file, it has another layout or it cannot be read. Damage is not a
 * failure.
 */
public final class SpoolReader {

    private static final Logger log = LoggerFactory.getLogger(SpoolReader.class);
    private static final String FORWARDS = "select * from waiting order by destination, id";
    private static final String BACKWARDS = "select * from waiting order by destination desc, id desc";
    private static final Comparator<WaitingTrigger> PARKED_FIRST_THEN_OLDEST = Comparator.comparing(
                    (WaitingTrigger waiting) -> waiting.parked() == null)
            .thenComparing(WaitingTrigger::since);

    private final Map<Key, SpoolRow> rows = new LinkedHashMap<>();
    private final Set<String> problems = new LinkedHashSet<>();

    private SpoolReader() {}

    /** Reads the triggers in a directory. */
    public static SpoolContents read(Path directory) {
        Path file = fileIn(directory);
        SpoolReader reader = new SpoolReader();
        try (Connection connection = Sqlite.connectToRead(file)) {
            checkLayout(file, connection);
            reader.readAll(connection);
        } catch (SQLException e) {
            if (!Sqlite.isDamage(e)) {
                throw new SpoolException(file + " cannot be read: " + e.getMessage(), e);
            }
            reader.problems.add(file + " is damaged: " + e.getMessage()
                    + "; the next process that opens it to send moves it to quarantine and keeps what can be read");
        }
        return new SpoolContents(
                reader.rows.values().stream()
                        .map(SpoolRow::waiting)
                        .sorted(PARKED_FIRST_THEN_OLDEST)
                        .toList(),
                List.copyOf(reader.problems));
    }

    /** Checks the file in a directory, which may take seconds. Returns one sentence for each damage. */
    public static List<String> damage(Path directory) {
        Path file = fileIn(directory);
        return check(file).problems().stream()
                .map(problem -> file + " is damaged: " + problem)
                .toList();
    }

    /** Returns the number of triggers in a directory, 0 without a file. The triggers of a damaged file count as one. */
    public static long count(Path directory) {
        if (!isSpool(directory)) {
            return 0;
        }
        SpoolCheck check = check(new SpoolDirectory(directory).current());
        return check.problems().isEmpty() ? check.waiting() + check.parked() : 1;
    }

    /** Returns whether a directory has the file of a disk queue. Needs no SQLite. */
    public static boolean isSpool(Path directory) {
        return PrivateFiles.exists(new SpoolDirectory(directory).current());
    }

    private static Path fileIn(Path directory) {
        Path file = new SpoolDirectory(directory).current();
        if (!PrivateFiles.exists(file)) {
            throw new SpoolException("there is no " + file + ": give the directory of a disk queue");
        }
        return file;
    }

    private static void checkLayout(Path file, Connection connection) throws SQLException {
        String layout = Sqlite.layout(connection);
        if (!layout.equals(Sqlite.LAYOUT)) {
            throw new SpoolException(file + " has the layout " + layout + ", but this version reads " + Sqlite.LAYOUT
                    + ": use the version of its application");
        }
    }

    static SpoolCheck check(Path file) {
        try (Connection connection = Sqlite.connectToRead(file)) {
            List<String> results = Sqlite.strings(connection, "pragma integrity_check");
            List<String> counts = Sqlite.strings(
                    connection,
                    "select count(*) - count(parked) from waiting union all select count(parked) from waiting");
            return new SpoolCheck(
                    results.equals(List.of("ok")) ? List.of() : results,
                    Long.parseLong(counts.get(0)),
                    Long.parseLong(counts.get(1)));
        } catch (SQLException e) {
            return new SpoolCheck(List.of(String.valueOf(e.getMessage())), 0, 0);
        }
    }

    /** Returns the rows of a damaged file that can be read. Does not throw. */
    static Collection<SpoolRow> salvage(Path file) {
        SpoolReader reader = new SpoolReader();
        try (Connection connection = Sqlite.connectToRead(file)) {
            reader.readAll(connection);
        } catch (SQLException e) {
            log.debug("Only {} rows can be read from {}", reader.rows.size(), file, e);
        }
        return reader.rows.values();
    }

    private void readAll(Connection connection) throws SQLException {
        try {
            read(connection, FORWARDS);
        } catch (SQLException damage) {
            try {
                read(connection, BACKWARDS);
            } catch (SQLException e) {
                damage.addSuppressed(e);
            }
            throw damage;
        }
    }

    private void read(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                add(found);
            }
        }
    }

    private void add(ResultSet found) {
        try {
            SpoolRow row = Sqlite.row(found);
            rows.putIfAbsent(row.key(), row);
        } catch (SQLException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }
}
