package io.triggerquery.demo.launcher.part;

import io.triggerquery.testbed.PostgresServer;
import io.triggerquery.testbed.process.Port;
import io.triggerquery.testbed.process.Signal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The PostgreSQL server, without a JVM around it, so that a kill of the part kills the server itself.
 *
 * <p>Unlike an embedded database for tests it syncs its files, so that commits survive a kill.
 */
final class Database implements Part {

    static final String USER = "postgres";
    // the server accepts connections from 127.0.0.1 only, without a password, but the services require one
    static final String PASSWORD = "postgres";

    private static final List<String> DATABASES = List.of("billing", "payment", "relay");

    private final Settings settings;

    Database(Settings settings) {
        this.settings = settings;
    }

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
    public Readiness readiness() {
        String url = jdbcUrl(settings, "postgres") + "?connectTimeout=2&socketTimeout=10";
        try (Connection connection = DriverManager.getConnection(url, USER, PASSWORD);
                Statement statement = connection.createStatement()) {
            createMissing(statement);
            return new Readiness.Ready();
        } catch (SQLException e) {
            return new Readiness.NotReady("it does not accept connections: " + e.getMessage());
        }
    }

    private static void createMissing(Statement statement) throws SQLException {
        Set<String> present = new HashSet<>();
        try (ResultSet rows = statement.executeQuery("select datname from pg_database")) {
            while (rows.next()) {
                present.add(rows.getString(1));
            }
        }
        for (String database : DATABASES) {
            if (!present.contains(database)) {
                statement.execute("create database " + database);
            }
        }
    }
}
