package io.triggerquery.demo.launcher.part;

import io.triggerquery.demo.launcher.process.Port;
import io.triggerquery.demo.launcher.process.Signal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * PostgreSQL itself, without a JVM around it, so that killing the part kills the real server.
 *
 * <p>Unlike an embedded database for tests it syncs its files: what it has committed is there after a kill.
 */
final class Database implements Part {

    static final String USER = "postgres";
    // the server trusts every connection from 127.0.0.1, the only ones it takes; the services want some password
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
    public Set<PartName> needs() {
        return Set.of();
    }

    @Override
    public Duration startLimit() {
        return Duration.ofSeconds(60);
    }

    @Override
    public Signal stopSignal() {
        return Signal.INT;
    }

    @Override
    public Launch prepare() {
        PostgresBinaries binaries = PostgresBinaries.unpackedIn(settings.home().resolve("postgresql"));
        Path data = settings.data(PartName.DATABASE);
        new DataDirectory(data).prepare(binaries);
        List<String> command = binaries.command(
                "postgres",
                List.of(
                        "-D", data.toString(),
                        "-p", Integer.toString(settings.port(PartName.DATABASE).number()),
                        "-c", "listen_addresses=127.0.0.1",
                        "-c", "unix_socket_directories=",
                        "-c", "max_connections=150"));
        return new Launch(command, Map.of());
    }

    @Override
    public Readiness look() {
        String url = jdbcUrl(settings, "postgres") + "?connectTimeout=2&socketTimeout=10";
        try (Connection connection = DriverManager.getConnection(url, USER, PASSWORD);
                Statement statement = connection.createStatement()) {
            createMissing(statement);
            return new Readiness.Ready();
        } catch (SQLException e) {
            return new Readiness.NotReady("it takes no connection: " + e.getMessage());
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
