package io.triggerquery.consumer.internal.database;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The supported databases, and what differs between their tables. */
public enum Database {
    /** PostgreSQL. */
    POSTGRESQL("classpath:db/triggerquery"),
    /** MySQL and MariaDB. One, because MySQL's driver calls both of them MySQL. */
    MYSQL("classpath:db/triggerquery-mysql"),
    /** H2. */
    H2("classpath:db/triggerquery-h2");

    /** The supported databases, for messages. */
    public static final String SUPPORTED = "PostgreSQL, MySQL 8.0 or later, MariaDB 10.6 or later, and H2";

    // MariaDB before 11 reports 5.5.5-10.6.21-MariaDB to drivers of MySQL
    private static final Pattern VERSION = Pattern.compile("(?:5\\.5\\.5-)?(\\d+)\\.(\\d+).*");
    private static final Version MYSQL_MINIMUM = new Version(8, 0);
    private static final Version MARIADB_MINIMUM = new Version(10, 6);

    private final String scripts;

    Database(String scripts) {
        this.scripts = scripts;
    }

    private record Version(int major, int minor) {

        static Optional<Version> of(String text) {
            Matcher matcher = VERSION.matcher(text);
            return matcher.matches()
                    ? Optional.of(new Version(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                    : Optional.empty();
        }

        boolean isAtLeast(Version minimum) {
            return major > minimum.major || major == minimum.major && minor >= minimum.minor;
        }
    }

    /** Returns a connection's database, or empty if it is not supported. */
    public static Optional<Database> of(DatabaseMetaData connection) throws SQLException {
        return switch (connection.getDatabaseProductName()) {
            case "PostgreSQL" -> Optional.of(POSTGRESQL);
            case "H2" -> Optional.of(H2);
            case "MySQL", "MariaDB" -> mySql(connection);
            default -> Optional.empty();
        };
    }

    private static Optional<Database> mySql(DatabaseMetaData connection) throws SQLException {
        String version = connection.getDatabaseProductVersion();
        boolean mariaDb = connection.getDatabaseProductName().equals("MariaDB") || version.contains("MariaDB");
        return Version.of(version)
                .filter(known -> known.isAtLeast(mariaDb ? MARIADB_MINIMUM : MYSQL_MINIMUM))
                .map(known -> MYSQL);
    }

    /** Returns the Flyway location of the tables' scripts. */
    public String scripts() {
        return scripts;
    }

    /** Returns a time as a parameter for a column. */
    public Object parameter(Instant time) {
        // the drivers of MySQL and MariaDB convert a time with a zone to that of the connection, whose hours repeat
        return this == MYSQL ? LocalDateTime.ofInstant(time, ZoneOffset.UTC) : time.atOffset(ZoneOffset.UTC);
    }

    /** Returns the time in a column, or null. */
    public @Nullable Instant time(ResultSet row, int column) throws SQLException {
        if (this == MYSQL) {
            LocalDateTime time = row.getObject(column, LocalDateTime.class);
            return time == null ? null : time.toInstant(ZoneOffset.UTC);
        }
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
