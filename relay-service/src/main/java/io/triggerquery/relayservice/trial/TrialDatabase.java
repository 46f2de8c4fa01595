package io.triggerquery.relayservice.trial;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * A PostgreSQL of its own, in a directory that is kept, for trying the service.
 *
 * <p>Failure: killed with -9, the service leaves its server running; the next start goes on with that one
 * and stops it in the end.
 */
final class TrialDatabase implements JdbcConnectionDetails, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TrialDatabase.class);
    private static final String USER = "postgres";
    private static final int PORT_LINE = 3;

    private final Closeable server;
    private final int port;

    private TrialDatabase(Closeable server, int port) {
        this.server = server;
        this.port = port;
    }

    static TrialDatabase in(Path directory) throws IOException {
        Path data = directory.toAbsolutePath().normalize();
        log.warn(
                "DATABASE_URL is not set: this is a trial with a database of its own in {}."
                        + " Whoever loses this directory loses the triggers that wait.",
                data);
        Optional<TrialDatabase> left = leftRunning(data.resolve("postmaster.pid"));
        if (left.isPresent()) {
            return left.get();
        }
        Files.createDirectories(data);
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("listen_addresses", "127.0.0.1")
                // made for tests, it switches both off
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
        return new TrialDatabase(server, server.getPort());
    }

    private static Optional<TrialDatabase> leftRunning(Path lock) throws IOException {
        List<String> lines = Files.exists(lock) ? Files.readAllLines(lock) : List.of();
        if (lines.size() <= PORT_LINE) {
            return Optional.empty();
        }
        int port = Integer.parseInt(lines.get(PORT_LINE).strip());
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                .filter(process -> process.info()
                        .command()
                        .filter(command -> command.endsWith("/postgres"))
                        .isPresent())
                .map(process -> new TrialDatabase(process::destroy, port));
    }

    @Override
    public String getUsername() {
        return USER;
    }

    @Override
    public String getPassword() {
        // it trusts every connection from this machine, the only ones that it takes
        return USER;
    }

    @Override
    public String getJdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
