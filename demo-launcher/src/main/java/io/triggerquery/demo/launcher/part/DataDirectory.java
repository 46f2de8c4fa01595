package io.triggerquery.demo.launcher.part;

import io.triggerquery.demo.launcher.process.DirectoryTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Where PostgreSQL keeps its files.
 *
 * <p>Failure: made aside and renamed when whole, so an interrupted first start leaves nothing half made.
 */
record DataDirectory(Path path) {

    void prepare(PostgresBinaries binaries) {
        try {
            if (Files.exists(path.resolve("PG_VERSION"))) {
                removeStaleLock();
            } else {
                create(binaries);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void create(PostgresBinaries binaries) throws IOException {
        Files.createDirectories(path.getParent());
        Path draft = path.resolveSibling(path.getFileName() + ".draft");
        DirectoryTree.delete(draft);
        DirectoryTree.delete(path);
        binaries.run(
                "initdb",
                List.of("-D", draft.toString(), "-U", Database.USER, "-A", "trust", "-E", "UTF-8", "--locale=C"));
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * After a kill the lock file stays. PostgreSQL overwrites it when its process is gone, but refuses to start when
     * the number now belongs to some other process of the same user.
     */
    private void removeStaleLock() throws IOException {
        Path lock = path.resolve("postmaster.pid");
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
