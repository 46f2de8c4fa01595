package io.triggerquery.faultinjection.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The servers of all runs. */
public final class World implements AutoCloseable {

    private final Path directory;
    private final Database database;
    private final ProxiedBroker broker;

    /** Starts the servers. Their data and logs are in a new directory below {@code target/fault-injection}. */
    public World() {
        try {
            Path parent =
                    Files.createDirectories(Path.of("target", "fault-injection").toAbsolutePath());
            directory = Files.createTempDirectory(parent, "world-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database = new Database();
        broker = new ProxiedBroker(directory);
    }

    public Database database() {
        return database;
    }

    public ProxiedBroker broker() {
        return broker;
    }

    /** Creates the directory of a run. */
    public Path directory(String run) {
        try {
            return Files.createDirectories(directory.resolve(run));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        broker.close();
        database.close();
    }
}
