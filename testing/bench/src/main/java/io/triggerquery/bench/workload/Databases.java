package io.triggerquery.bench.workload;

import io.triggerquery.testbed.DurablePostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL that is started when it is needed for the first time, with a database for each run. */
final class Databases implements AutoCloseable {

    private @Nullable EmbeddedPostgres postgres;
    private int made;

    /** The JDBC URL of a database that nobody has used. */
    String empty() {
        EmbeddedPostgres server = server();
        String name = "run_" + ++made;
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("no database can be made", e);
        }
        return server.getJdbcUrl("postgres", name);
    }

    /** How many states are in a database. */
    long states(String url) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from billing_copy")) {
            count.next();
            return count.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("the states in the database cannot be counted", e);
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
