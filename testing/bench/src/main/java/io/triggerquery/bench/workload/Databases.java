package io.triggerquery.bench.workload;

import io.triggerquery.bench.id.PaymentIds;
import io.triggerquery.testbed.DurablePostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server that is started when it is first needed, with a database for each run. */
final class Databases implements AutoCloseable {

    private @Nullable EmbeddedPostgres postgres;
    private int made;

    /** Returns the JDBC URL of a new database. */
    String empty() {
        EmbeddedPostgres server = server();
        String name = "run_" + ++made;
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("no database could be created", e);
        }
        return server.getJdbcUrl("postgres", name);
    }

    /** Creates the table with the first ids, of an older version than any state of the source. */
    void fill(String url, int ids) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("create table billing_copy (id text primary key, billed boolean not null, bill_id text,"
                    + " version bigint not null)");
            statement.execute("insert into billing_copy select '" + PaymentIds.PREFIX
                    + "' || lpad(i::text, 7, '0'), true," + " 'bill-1', 0 from generate_series(1, " + ids + ") as i");
            statement.execute("vacuum analyze billing_copy");
            statement.execute("checkpoint");
        } catch (SQLException e) {
            throw new IllegalStateException("the table could not be filled", e);
        }
    }

    /** Returns the number of states in a database. */
    long states(String url) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from billing_copy where version > 0")) {
            count.next();
            return count.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("the states in the database could not be counted", e);
        }
    }

    /** Returns the CPU time that the running processes of the server have used, in nanoseconds. */
    long cpuNanos() {
        try (Connection connection = server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet file =
                        statement.executeQuery("select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)")) {
            file.next();
            ProcessHandle postmaster = ProcessHandle.of(file.getLong(1)).orElseThrow();
            return Stream.concat(Stream.of(postmaster), postmaster.descendants())
                    .flatMap(process -> process.info().totalCpuDuration().stream())
                    .mapToLong(Duration::toNanos)
                    .sum();
        } catch (SQLException e) {
            throw new IllegalStateException("the server's processes could not be found", e);
        }
    }

    private EmbeddedPostgres server() {
        EmbeddedPostgres running = postgres;
        if (running == null) {
            running = DurablePostgres.start();
            postgres = running;
        }
        return running;
    }

    @Override
    public void close() {
        if (postgres != null) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
