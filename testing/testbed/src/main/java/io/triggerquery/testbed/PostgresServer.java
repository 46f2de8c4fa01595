package io.triggerquery.testbed;

import io.triggerquery.testbed.process.EnvironmentProblem;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * A PostgreSQL server without a JVM around it, so that a kill of the process kills the server itself. Commits survive a
 * kill.
 *
 * @param programs the directory to which PostgreSQL's programs are unpacked once
 * @param data the directory of its data
 * @param port the port on 127.0.0.1, where it accepts every connection
 */
public record PostgresServer(Path programs, Path data, int port) {

    private static final Duration FIRST_START = Duration.ofSeconds(60);

    /**
     * Unpacks the programs and creates the data directory if they are missing, and returns the command that runs the
     * server.
     */
    public List<String> command() {
        try {
            if (Files.exists(data.resolve("PG_VERSION"))) {
                removeStaleLock();
            } else {
                create();
            }
            List<String> command = new ArrayList<>();
            if (LinuxUtils.isUnshareAvailable()) {
                // PostgreSQL refuses to run as root. In a user namespace without a mapping it is not root, but can
                // still access root's files.
                command.addAll(List.of("unshare", "-U"));
            }
            command.addAll(List.of(executable().toString(), "-D", data.toString(), "-p", Integer.toString(port)));
            for (String setting :
                    List.of("listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=150")) {
                command.addAll(List.of("-c", setting));
            }
            return List.copyOf(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Creates the data in a draft directory and renames it when complete, so that an interrupted first start leaves no
     * partial data.
     */
    private void create() throws IOException {
        Path draft = data.resolveSibling(data.getFileName() + ".draft");
        FileUtils.deleteDirectory(draft.toFile());
        FileUtils.deleteDirectory(data.toFile());
        startOnce(draft);
        Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path executable() throws IOException {
        if (unpacked().isEmpty()) {
            startOnce(data);
        }
        return unpacked().orElseThrow();
    }

    // the marker is written after the unpacking
    private Optional<Path> unpacked() throws IOException {
        if (!Files.isDirectory(programs)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(programs)) {
            return versions.filter(version -> Files.exists(version.resolve(".exists")))
                    .map(version -> version.resolve("bin").resolve("postgres"))
                    .findFirst();
        }
    }

    /** Starts and stops the embedded PostgreSQL, which unpacks what is missing and creates the data directory. */
    private void startOnce(Path directory) throws IOException {
        Files.createDirectories(directory);
        try {
            EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(programs.toFile())
                    .setDataDirectory(directory)
                    .setCleanDataDirectory(false)
                    .setLocaleConfig("locale", "C")
                    .setPGStartupWait(FIRST_START)
                    .start()
                    .close();
        } catch (IllegalStateException e) {
            throw new EnvironmentProblem(
                    "PostgreSQL cannot be started on this machine (%s, %s): %s. Use docker compose instead."
                            .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), e.getMessage()),
                    e);
        }
    }

    /**
     * Removes the lock file that a kill leaves. PostgreSQL overwrites it if its process has ended, but refuses to start
     * if the number now belongs to another process of the same user.
     */
    private void removeStaleLock() throws IOException {
        Path lock = data.resolve("postmaster.pid");
        if (!Files.exists(lock)) {
            return;
        }
        List<String> lines = Files.readAllLines(lock);
        boolean held = !lines.isEmpty()
                && lines.get(0).strip().matches("[0-9]{1,18}")
                && ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                        .flatMap(process -> process.info().command())
                        .filter(command -> command.endsWith("/postgres"))
                        .isPresent();
        if (!held) {
            Files.delete(lock);
        }
    }
}
