package io.triggerquery.producer.internal.outbox;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The databases that can have the table {@code trigger_outbox}, and their functions of time. All times are those of the
 * database.
 */
public enum OutboxDatabase {

    /** PostgreSQL: claims and settles in one statement, over arrays. */
    POSTGRESQL(
            List.of("PostgreSQL"),
            "db/triggerquery",
            "select to_regclass('trigger_outbox') is not null",
            "now()",
            "to_timestamp(0)"),

    /** MySQL and MariaDB, in the SQL that both know. The columns of the table are UTC without a time zone. */
    MYSQL(
            List.of("MySQL", "MariaDB"),
            "db/triggerquery-mysql",
            "select count(*) > 0 from information_schema.tables"
                    + " where table_schema = database() and table_name = 'trigger_outbox'",
            "utc_timestamp(6)",
            "'1970-01-01'"),

    /** H2, in any of its compatibility modes. */
    H2(
            List.of("H2"),
            "db/triggerquery-h2",
            "select count(*) > 0 from information_schema.tables"
                    + " where table_schema = current_schema and lower(table_name) = 'trigger_outbox'",
            "current_timestamp",
            "timestamp with time zone '1970-01-01 00:00:00+00'");

    /** The supported databases, for messages. */
    public static final String SUPPORTED = "PostgreSQL, MySQL, MariaDB or H2";

    private static final int MAX_NAME = 255;

    // finds both only where changes are logged as statements; a server without one of the variables is found to have
    // none
    private static final String LOGS_STATEMENTS = """
            show variables where variable_name = 'log_bin' and value = 'ON'
                              or variable_name = 'binlog_format' and value = 'STATEMENT'
            """;

    private final List<String> products;
    private final String directory;
    private final String hasTable;
    private final String now;
    private final String epoch;

    OutboxDatabase(List<String> products, String directory, String hasTable, String now, String epoch) {
        this.products = products;
        this.directory = directory;
        this.hasTable = hasTable;
        this.now = now;
        this.epoch = epoch;
    }

    /** Returns the kind of a database by the product's name; empty if it is not supported. */
    public static Optional<OutboxDatabase> find(@Nullable String product) {
        return Arrays.stream(values())
                .filter(database -> database.products.contains(product))
                .findFirst();
    }

    /** Returns the name of the product behind a DataSource, as its driver reports it. */
    public static @Nullable String product(JdbcTemplate jdbc) {
        return jdbc.execute((ConnectionCallback<@Nullable String>)
                connection -> connection.getMetaData().getDatabaseProductName());
    }

    /**
     * Returns the kind of a database; within a transaction, by its connection.
     *
     * @throws IllegalStateException if the outbox does not support the database
     */
    static OutboxDatabase of(DataSource dataSource) {
        String product = product(new JdbcTemplate(dataSource));
        return find(product)
                .orElseThrow(() -> new IllegalStateException(
                        "The table trigger_outbox requires " + SUPPORTED + ", but the database is " + product + "."));
    }

    /** Returns the location of the table's script for Flyway. */
    public String location() {
        return "classpath:" + directory;
    }

    /** Returns whether the connection's schema has the table. */
    public boolean hasTable(JdbcTemplate jdbc) {
        return Boolean.TRUE.equals(jdbc.queryForObject(hasTable, Boolean.class));
    }

    /**
     * Returns whether the connection logs changes as statements, which MySQL and MariaDB refuse in read committed
     * transactions.
     */
    public boolean logsStatements(JdbcTemplate jdbc) {
        return this == MYSQL && jdbc.queryForList(LOGS_STATEMENTS).size() == 2;
    }

    /**
     * Returns why a name of an application or a destination cannot be compared as it is; empty if it can. MySQL ignores
     * spaces at the end, and cuts what is too long if it is not strict.
     */
    public Optional<String> violation(String name) {
        if (this == POSTGRESQL) {
            return Optional.empty();
        }
        if (name.length() > MAX_NAME) {
            return Optional.of("has more than " + MAX_NAME + " characters");
        }
        return name.endsWith(" ") ? Optional.of("ends with a space") : Optional.empty();
    }

    /**
     * Returns the lock of a claim, for a query that finds nothing at the start: a version that does not know it is
     * refused there. Empty for PostgreSQL, whose supported versions all know it, so that a read-only replica can start.
     */
    public String claimLock() {
        return this == POSTGRESQL ? "" : PortableTable.SKIP_LOCKED;
    }

    /** Returns the expression of the present time. */
    String now() {
        return now;
    }

    /** Returns the expression of 1970-01-01 in UTC. */
    String epoch() {
        return epoch;
    }

    /** Returns the expression of a time plus microseconds. */
    String plus(String time, String micros) {
        return this == POSTGRESQL
                ? time + " + (" + micros + ") * interval '1 microsecond'"
                : "timestampadd(microsecond, " + micros + ", " + time + ")";
    }

    /** Returns the expression of the microseconds between two times. */
    String micros(String from, String to) {
        return this == POSTGRESQL
                ? "cast(extract(epoch from " + to + " - " + from + ") * 1000000 as bigint)"
                : "timestampdiff(microsecond, " + from + ", " + to + ")";
    }

    /**
     * Returns what follows the table's name so that rows are found by an index. Otherwise MySQL scans a small table,
     * and waits for the rows that open business transactions have inserted.
     */
    String index(String name) {
        return this == MYSQL ? " force index (" + name + ")" : "";
    }

    /** Returns the start of a statement that finds the rows to delete by an index. */
    String deleteByIndex(String name) {
        // only a statement that may have several tables can name an index
        return this == MYSQL ? "delete o from trigger_outbox o" + index(name) : "delete from trigger_outbox";
    }

    /** Returns the connection's user, as it is written in a {@code grant}. */
    String user(JdbcTemplate jdbc) {
        String user = String.valueOf(jdbc.queryForObject("select current_user", String.class));
        return this == MYSQL ? "'" + user.replace("@", "'@'") + "'" : user;
    }

    TableStatements table(JdbcClient jdbc) {
        return this == POSTGRESQL ? new PostgresTable(jdbc) : new PortableTable(jdbc, this);
    }

    IntakeStatements intake(JdbcClient jdbc) {
        return this == POSTGRESQL ? new PostgresIntake(jdbc) : new PortableIntake(jdbc, this);
    }
}
