package io.triggerquery.consumer.internal.database;

import io.triggerquery.databases.MariaDbServer;
import io.triggerquery.databases.ServerAddress;
import io.triggerquery.databases.ServerAddress.Driver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The supported databases, real ones. */
public enum TestDatabase {
    POSTGRESQL(
            Database.POSTGRESQL,
            "select count(*) from pg_locks where not granted",
            "cast(? as bigint) * interval '1' second",
            Postgres::newDatabase),
    MARIADB(
            Database.MYSQL,
            Sql.WAITING_IN_MYSQL,
            Sql.SECONDS_OF_MYSQL,
            () -> newDatabase(MariaDbServer.running(), Driver.MARIADB, "")),
    /** Connected by MySQL's driver, and with options that change what statements mean, send or count. */
    MARIADB_UNUSUAL(
            Database.MYSQL,
            Sql.WAITING_IN_MYSQL,
            Sql.SECONDS_OF_MYSQL,
            () -> newDatabase(
                    MariaDbServer.running(),
                    Driver.MYSQL,
                    "useAffectedRows=true&useServerPrepStmts=true&rewriteBatchedStatements=true&tinyInt1isBit=false"
                            + "&connectionTimeZone=America/New_York"
                            + "&sessionVariables=sql_mode='ANSI_QUOTES,NO_BACKSLASH_ESCAPES,SIMULTANEOUS_ASSIGNMENT,"
                            + "STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,PIPES_AS_CONCAT,NO_UNSIGNED_SUBTRACTION'")),
    MYSQL(
            Database.MYSQL,
            Sql.WAITING_IN_MYSQL,
            Sql.SECONDS_OF_MYSQL,
            () -> newDatabase(ServerAddress.mysql().orElseThrow(), Driver.MYSQL, "")),
    H2(
            Database.H2,
            // H2 repeats the statement instead of blocking, and reports that it executes
            """
            select count(*) from information_schema.sessions
             where executing_statement like '%merge into%' and session_id <> session_id()
            """,
            "cast(? as bigint) * interval '1' second",
            () -> new DriverManagerDataSource(
                    "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=30000"));

    private final Database product;
    private final String waiting;
    private final String seconds;
    private final Supplier<DataSource> newDatabase;
    private @Nullable DataSource migrated;

    TestDatabase(Database product, String waiting, String seconds, Supplier<DataSource> newDatabase) {
        this.product = product;
        this.waiting = waiting;
        this.seconds = seconds;
        this.newDatabase = newDatabase;
    }

    private static final class Sql {
        private static final String WAITING_IN_MYSQL =
                "select count(*) from information_schema.innodb_trx where trx_state = 'LOCK WAIT'";
        private static final String SECONDS_OF_MYSQL = "interval ? second";
    }

    /** Returns those that can be had: MySQL only if a variable has its address. */
    public static List<TestDatabase> available() {
        return Arrays.stream(values())
                .filter(database -> database != MYSQL || ServerAddress.mysql().isPresent())
                .toList();
    }

    /** Returns the Flyway location of the tables. */
    public String scripts() {
        return product.scripts();
    }

    /** Returns whether it is MySQL or MariaDB. */
    public boolean isMySql() {
        return product == Database.MYSQL;
    }

    /** Returns a database with the tables, as Flyway makes them, and nothing in them. */
    public DataSource migrated() {
        DataSource dataSource = migrated;
        if (dataSource == null) {
            dataSource = empty();
            Flyway.configure()
                    .dataSource(dataSource)
                    .locations(product.scripts())
                    .load()
                    .migrate();
            migrated = dataSource;
        }
        JdbcClient.create(dataSource).sql("delete from trigger_projection").update();
        JdbcClient.create(dataSource).sql("delete from trigger_resync").update();
        return dataSource;
    }

    /** Creates a database without any table. */
    public DataSource empty() {
        return newDatabase.get();
    }

    /** Returns whether some transaction waits for another's lock. */
    public boolean someoneWaits(DataSource dataSource) {
        return JdbcClient.create(dataSource).sql(waiting).query(Integer.class).single() > 0;
    }

    /** Makes every row of the guard look older. */
    public void age(DataSource dataSource, Duration by) {
        JdbcClient.create(dataSource)
                .sql("update trigger_projection set applied_at = applied_at - " + seconds)
                .param(by.toSeconds())
                .update();
    }

    private static DataSource newDatabase(ServerAddress server, Driver driver, String options) {
        return server.dataSource(driver, server.newDatabase(), options);
    }

    private static final class Postgres {

        static final EmbeddedPostgres RUNNING = start();

        private static DataSource newDatabase() {
            String name = "d" + UUID.randomUUID().toString().replace("-", "");
            JdbcClient.create(RUNNING.getPostgresDatabase())
                    .sql("create database " + name)
                    .update();
            return RUNNING.getDatabase("postgres", name);
        }

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        // an order of text that is not that of Java, as most servers have it
                        .setLocaleConfig("locale-provider", "icu")
                        .setLocaleConfig("icu-locale", "en")
                        .setServerConfig("deadlock_timeout", "50ms")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres)));
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void stop(EmbeddedPostgres postgres) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
