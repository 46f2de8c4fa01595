package io.triggerquery.relayservice.trial;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * A PostgreSQL of its own, in a directory that is kept, for trying the service.
 *
 * <p>Failure: killed with -9, the service leaves its server running; the next start goes on with that one.
 */
final class TrialDatabase implements JdbcConnectionDetails, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TrialDatabase.class);
    private static final String USER = "postgres";
    private static final int PORT_LINE = 3;

    private final @Nullable EmbeddedPostgres server;
    private final int port;

    private TrialDatabase(@Nullable EmbeddedPostgres server, int port) {
        this.server = server;
        this.port = port;
    }

    static TrialDatabase in(Path directory) throws IOException {
        Path data = directory.toAbsolutePath().normalize();
        log.warn(
                "DATABASE_URL is not set: this is a trial with a database of its own in {}."
                        + " Whoever loses this directory loses the triggers that wait.",
                data);
        List<String> lock = runningServer(data);
        if (!lock.isEmpty()) {
            return new TrialDatabase(null, Integer.parseInt(lock.get(PORT_LINE).strip()));
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

    private static List<String> runningServer(Path data) throws IOException {
        Path lock = data.resolve("postmaster.pid");
        if (!Files.exists(lock)) {
            return List.of();
        }
        List<String> lines = Files.readAllLines(lock);
        boolean running = lines.size() > PORT_LINE
                && ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                        .flatMap(process -> process.info().command())
                        .filter(command -> command.endsWith("/postgres"))
                        .isPresent();
        return running ? lines : List.of();
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
        if (server != null) {
            server.close();
        }
    }
}
