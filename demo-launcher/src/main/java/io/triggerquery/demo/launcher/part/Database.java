package io.triggerquery.demo.launcher.part;

import io.triggerquery.testbed.PostgresServer;
import io.triggerquery.testbed.process.Port;
import io.triggerquery.testbed.process.Signal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The PostgreSQL server, without a JVM around it, so that a kill of the part kills the server itself.
 *
 * <p>Unlike an embedded database for tests it syncs its files, so that commits survive a kill.
 */
record Database(Settings settings) implements Part {

    static final String USER = "postgres";
    // the server accepts connections from 127.0.0.1 only, without a password, but the services require one
    static final String PASSWORD = "postgres";

    private static final List<String> DATABASES = List.of("billing", "payment", "relay");

    static String jdbcUrl(Settings settings, String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s"
                .formatted(settings.port(PartName.DATABASE).number(), database);
    }

    @Override
    public PartName name() {
        return PartName.DATABASE;
    }

    @Override
    public String address() {
        return jdbcUrl(settings, "billing") + " and /payment, user " + USER;
    }

    @Override
    public List<Port> ports() {
        return List.of(settings.port(PartName.DATABASE));
    }

    @Override
    public Signal stopSignal() {
        return Signal.INT;
    }

    @Override
    public Launch prepare() {
        var server = new PostgresServer(
                settings.home().resolve("postgresql"),
                settings.data(PartName.DATABASE),
                settings.port(PartName.DATABASE).number());
        return new Launch(server.command(), Map.of());
    }

    @Override
    public Optional<String> problem() {
        String url = jdbcUrl(settings, "postgres") + "?connectTimeout=2&socketTimeout=10";
        try (Connection connection = DriverManager.getConnection(url, USER, PASSWORD);
                Statement statement = connection.createStatement()) {
            for (String database : DATABASES) {
                String sql = "select from pg_database where datname = '" + database + "'";
                if (!statement.executeQuery(sql).next()) {
                    statement.execute("create database " + database);
                }
            }
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of("it does not accept connections: " + e.getMessage());
        }
    }
}
