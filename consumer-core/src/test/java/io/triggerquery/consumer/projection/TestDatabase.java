package io.triggerquery.consumer.projection;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The databases that the guard knows, real ones. */
enum TestDatabase {
    POSTGRESQL(
            "classpath:db/triggerquery",
            "select count(*) from pg_locks where not granted",
            () -> Postgres.RUNNING.getPostgresDatabase(),
            () -> Postgres.RUNNING.getTemplateDatabase()),
    H2(
            "classpath:db/triggerquery-h2",
            // it repeats the statement rather than block, and says of itself that it executes
            """
            select count(*) from information_schema.sessions
             where executing_statement like '%merge into%' and session_id <> session_id()
            """,
            () -> h2("guard"),
            () -> h2("empty"));

    private final String location;
    private final String waiting;
    private final Supplier<DataSource> migrated;
    private final Supplier<DataSource> empty;
    private boolean isMigrated;

    TestDatabase(String location, String waiting, Supplier<DataSource> migrated, Supplier<DataSource> empty) {
        this.location = location;
        this.waiting = waiting;
        this.migrated = migrated;
        this.empty = empty;
    }

    /** With the table, as Flyway makes it, and nothing in it. */
    DataSource migrated() {
        DataSource dataSource = migrated.get();
        if (!isMigrated) {
            Flyway.configure().dataSource(dataSource).locations(location).load().migrate();
            isMigrated = true;
        }
        JdbcClient.create(dataSource).sql("delete from trigger_projection").update();
        return dataSource;
    }

    /** Without any table. */
    DataSource empty() {
        return empty.get();
    }

    /** Whether some transaction waits for another's lock. */
    boolean someoneWaits(DataSource dataSource) {
        return JdbcClient.create(dataSource).sql(waiting).query(Integer.class).single() > 0;
    }

    private static DataSource h2(String name) {
        return new DriverManagerDataSource("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=30000");
    }

    private static final class Postgres {

        static final EmbeddedPostgres RUNNING = start();

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
