package io.triggerquery.producer;

import com.zaxxer.hikari.HikariDataSource;
import io.triggerquery.databases.MariaDbServer;
import io.triggerquery.databases.ServerAddress;
import io.triggerquery.databases.ServerAddress.Driver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The databases of the outbox tests. A server starts on first use. */
public enum TestDatabase {
    POSTGRESQL("db/triggerquery"),
    MARIADB("db/triggerquery-mysql"),
    /** The same server, with the driver of MySQL. */
    MARIADB_BY_CONNECTOR_J("db/triggerquery-mysql"),
    /** A separate server, used only if its address is given. */
    MYSQL("db/triggerquery-mysql"),
    H2("db/triggerquery-h2"),
    H2_AS_MYSQL("db/triggerquery-h2"),
    H2_AS_POSTGRESQL("db/triggerquery-h2");

    private static final class Postgres {

        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> close(postgres)));
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void close(EmbeddedPostgres postgres) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final Map<TestDatabase, HikariDataSource> SHARED = new ConcurrentHashMap<>();

    private final String directory;

    TestDatabase(String directory) {
        this.directory = directory;
    }

    /** One database of each available product. */
    public static Stream<TestDatabase> products() {
        return Stream.of(POSTGRESQL, MARIADB, MYSQL, H2).filter(TestDatabase::isAvailable);
    }

    /** One database of each available server. */
    public static Stream<TestDatabase> servers() {
        return products().filter(kind -> kind != H2);
    }

    /** All available databases, including other drivers and modes. */
    public static Stream<TestDatabase> all() {
        return Arrays.stream(values()).filter(TestDatabase::isAvailable);
    }

    private boolean isAvailable() {
        return this != MYSQL || ServerAddress.mysql().isPresent();
    }

    /** Creates an empty database, and returns its address with user and password. */
    public String newUrl() {
        String name = "d" + UUID.randomUUID().toString().replace("-", "");
        return switch (this) {
            case POSTGRESQL -> {
                JdbcClient.create(Postgres.RUNNING.getPostgresDatabase())
                        .sql("create database " + name)
                        .update();
                yield Postgres.RUNNING.getJdbcUrl("postgres", name);
            }
            case MARIADB -> newUrl(MariaDbServer.running(), Driver.MARIADB);
            case MARIADB_BY_CONNECTOR_J -> newUrl(MariaDbServer.running(), Driver.MYSQL);
            case MYSQL -> newUrl(ServerAddress.mysql().orElseThrow(), Driver.MYSQL);
            case H2 -> h2(name, "");
            case H2_AS_MYSQL -> h2(name, ";MODE=MySQL");
            case H2_AS_POSTGRESQL -> h2(name, ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE");
        };
    }

    private static String newUrl(ServerAddress server, Driver driver) {
        return server.url(driver, server.newDatabase());
    }

    private static String h2(String name, String mode) {
        return "jdbc:h2:mem:" + name + ";USER=sa;DB_CLOSE_DELAY=-1" + mode;
    }

    /** A data source of an empty database, which opens a new connection for each call. */
    public DataSource newDatabase() {
        return new DriverManagerDataSource(newUrl());
    }

    /** A database with the table, shared by all tests of a JVM. */
    public HikariDataSource shared() {
        return SHARED.computeIfAbsent(this, one -> {
            HikariDataSource created = new HikariDataSource();
            created.setJdbcUrl(newUrl());
            created.setMinimumIdle(0);
            created.setMaximumPoolSize(20);
            // as applications do
            Flyway.configure().dataSource(created).locations(location()).load().migrate();
            return created;
        });
    }

    /** The shared database without rows. */
    public HikariDataSource cleared() {
        JdbcClient.create(shared()).sql("delete from trigger_outbox").update();
        return shared();
    }

    /** The address of the shared database. */
    public String url() {
        return shared().getJdbcUrl();
    }

    /** Runs the script that creates the table. */
    public void createTable(DataSource database) {
        new ResourceDatabasePopulator(new ClassPathResource(directory + "/R__trigger_outbox.sql")).execute(database);
    }

    /** The Flyway location of the script that creates the table. */
    public String location() {
        return "classpath:" + directory;
    }

    /** A SQL expression for the time in a column minus some seconds. */
    public String earlier(String column, long seconds) {
        return this == POSTGRESQL
                ? column + " - interval '" + seconds + " s'"
                : "timestampadd(second, -" + seconds + ", " + column + ")";
    }

    /** Whether any statement waits for a lock of another transaction. */
    public boolean isWaitingForALock(JdbcClient jdbc) {
        String waiting = switch (this) {
            case POSTGRESQL -> "pg_locks where not granted";
            case H2, H2_AS_MYSQL, H2_AS_POSTGRESQL -> "information_schema.sessions where blocker_id is not null";
            default -> "information_schema.innodb_trx where trx_state = 'LOCK WAIT'";
        };
        return jdbc.sql("select count(*) from " + waiting).query(Long.class).single() > 0;
    }
}
