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
 * triggers.next                                   a complete file that takes their place; it exists for a moment
 * reserve                                         room that is given up when the disk is full
 * spool.lock, owner.txt                           who uses the directory
 * application.txt                                 whose triggers lie in it
 * quarantine/triggers-TIME.db ...                 damaged files, the newest ten
 * </pre>
 */
final class SpoolDirectory {

    private static final int MOST_KEPT = 10;
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

    /** SQLite's own files: the database, its log and the log's index. */
    Path file(String suffix) {
        return beside(database(), suffix);
    }

    /** Refuses symbolic links, which lead to files that are somebody else's, and takes the others' permissions away. */
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

    /** Ends a replacement that a crash has interrupted. */
    void recover() throws IOException {
        if (Files.exists(next)) {
            takeNext();
        }
    }

    /** Puts a new file with these rows in the place of the one in use, which must be closed; a crash leaves one of them. */
    void replace(Collection<SpoolRow> rows, long maxBytes) throws IOException, SQLException {
        writeNext(rows, maxBytes);
        takeNext();
    }

    /** As {@link #replace}, but keeps the old files. Returns where. */
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

    /** What could be read of them is in use; a disk that goes on damaging files must not be filled by them. */
    private static void removeOldest(Path quarantine) throws IOException {
        try (Stream<Path> files = Files.list(quarantine)) {
            List<Path> newestFirst = files.filter(file -> file.toString().endsWith(".db"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path old : newestFirst.subList(Math.min(MOST_KEPT, newestFirst.size()), newestFirst.size())) {
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

    /** The log goes first: one without its file is nothing, but with another file it would spoil that. */
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
            // not every system lets a directory be opened; those that do not need no force
            if (Files.isReadable(directory) && System.getProperty("os.name", "").startsWith("Linux")) {
                throw e;
            }
        }
    }

    /** How much room all of it takes now, what is in quarantine not among it. */
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
            // a gauge is no reason to fail
            return 0;
        }
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
