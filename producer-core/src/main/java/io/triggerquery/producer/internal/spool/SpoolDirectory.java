package io.triggerquery.producer.internal.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The file names of a spool.
 *
 * <pre>
 * triggers.db, triggers.db-wal, triggers.db-shm   the file in use, its log, and SQLite's index of the log
 * triggers.next                                   a complete file that replaces them; it exists for a moment
 * reserve                                         space that is released when the disk is full
 * spool.lock, owner.txt                           the process that uses the directory
 * application.txt                                 the application that owns the triggers
 * quarantine/triggers-TIME.db ...                 damaged files, the newest ten
 * </pre>
 */
final class SpoolDirectory {

    private static final int MAX_QUARANTINED = 10;
    private static final List<String> SUFFIXES = List.of("-wal", "-shm", "-journal", "");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private static final List<String> NAMES = List.of(
            "triggers.db",
            "triggers.db-wal",
            "triggers.db-shm",
            "triggers.db-journal",
            "triggers.next",
            "triggers.draft",
            "reserve",
            "spool.lock",
            "owner.txt",
            "application.txt",
            "quarantine");

    private final Path directory;
    private final Path next;

    SpoolDirectory(Path directory) {
        this.directory = directory;
        this.next = directory.resolve("triggers.next");
    }

    Path database() {
        return directory.resolve("triggers.db");
    }

    /** Returns the file whose rows count: after an interrupted replacement, the one that replaces the database. */
    Path current() {
        return PrivateFiles.exists(next) ? next : database();
    }

    /** Returns one of SQLite's files: the database, its log or the index of the log. */
    Path file(String suffix) {
        return beside(database(), suffix);
    }

    /** Rejects symbolic links, which may lead to files of other users, and removes the permissions of other users. */
    void secure() throws IOException {
        for (String name : NAMES) {
            Path file = directory.resolve(name);
            if (Files.isSymbolicLink(file)) {
                throw new SpoolException(file + " is a symbolic link, which is not followed: remove it");
            }
            PrivateFiles.restrict(file);
        }
    }

    Path reserve() {
        return directory.resolve("reserve");
    }

    /** Completes a replacement that a crash has interrupted. */
    void recover() throws IOException {
        if (Files.exists(next)) {
            takeNext();
        }
    }

    /** Replaces the file in use, which must be closed, by a new one with these rows. A crash leaves one of them. */
    void replace(Collection<SpoolRow> rows, long maxBytes) throws IOException, SQLException {
        writeNext(rows, maxBytes);
        takeNext();
    }

    /** Replaces the file like {@link #replace}, but keeps the old files, and returns their place. */
    Path quarantine(Collection<SpoolRow> rows, long maxBytes) throws IOException, SQLException {
        writeNext(rows, maxBytes);
        Path quarantine = directory.resolve("quarantine");
        PrivateFiles.createDirectories(quarantine);
        Path kept = quarantine.resolve("triggers-" + TIME.format(Instant.now()) + ".db");
        for (String suffix : SUFFIXES) {
            Path old = beside(database(), suffix);
            if (Files.exists(old)) {
                Files.move(old, beside(kept, suffix), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        takeNext();
        removeOldest(quarantine);
        return kept;
    }

    /** Removes the oldest damaged files: their readable rows are in use, and the files must not fill the disk. */
    private static void removeOldest(Path quarantine) throws IOException {
        try (Stream<Path> files = Files.list(quarantine)) {
            List<Path> newestFirst = files.filter(file -> file.toString().endsWith(".db"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path old : newestFirst.subList(Math.min(MAX_QUARANTINED, newestFirst.size()), newestFirst.size())) {
                for (String suffix : SUFFIXES) {
                    Files.deleteIfExists(beside(old, suffix));
                }
            }
        }
    }

    private void writeNext(Collection<SpoolRow> rows, long maxBytes) throws IOException, SQLException {
        Path draft = directory.resolve("triggers.draft");
        for (String suffix : SUFFIXES) {
            Files.deleteIfExists(beside(draft, suffix));
        }
        SqliteFile.create(draft, rows, maxBytes);
        Files.move(draft, next, StandardCopyOption.ATOMIC_MOVE);
        force();
    }

    /**
     * Deletes the log first: without its file it has no effect, but together with another file it would damage that
     * one.
     */
    private void takeNext() throws IOException {
        for (String suffix : SUFFIXES) {
            if (!suffix.isEmpty()) {
                Files.deleteIfExists(beside(database(), suffix));
            }
        }
        force();
        Files.move(next, database(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force();
    }

    private void force() throws IOException {
        try (FileChannel channel = FileChannel.open(directory)) {
            channel.force(true);
        } catch (IOException e) {
            // some systems cannot open a directory; these need no force
            if (Files.isReadable(directory) && System.getProperty("os.name", "").startsWith("Linux")) {
                throw e;
            }
        }
    }

    /** Returns the current size of all files, in bytes, without those in quarantine. */
    long bytes() {
        long bytes = 0;
        for (Path file : List.of(reserve(), next)) {
            bytes += size(file);
        }
        for (String suffix : SUFFIXES) {
            bytes += size(beside(database(), suffix));
        }
        return bytes;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            // a gauge must not fail
            return 0;
        }
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
