package io.triggerquery.producer.internal.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.sqlite.SQLiteErrorCode;

/**
 * Opens a spool's file in whatever state it is.
 *
 * <p>Failure: {@link SpoolException} when the directory can't be used. Bad data is no failure: it is put into
 * quarantine.
 */
final class SpoolOpening {

    /** A file in use and what it contained. */
    record Opened(SpoolFile file, List<SpoolRow> rows) {}

    private final SpoolSettings settings;
    private final SpoolDirectory directory;
    private final OngoingFailure trouble;

    SpoolOpening(SpoolSettings settings, SpoolDirectory directory, OngoingFailure trouble) {
        this.settings = settings;
        this.directory = directory;
        this.trouble = trouble;
    }

    /** Makes the directory, and refuses one in which nothing can be written. */
    static void prepare(Path directory) {
        try (Connection probe = Sqlite.connect(Path.of(":memory:"))) {
            PrivateFiles.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "probe", ""));
            new SpoolDirectory(directory).secure();
        } catch (IOException e) {
            throw new SpoolException(
                    "Nothing can be written to " + directory.toAbsolutePath() + ", let this user write there or set "
                            + SpoolSettings.PROPERTIES + "directory: " + e,
                    e);
        } catch (SQLException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new SpoolException(
                    "SQLite can't be loaded, its library is unpacked to where -Dorg.sqlite.tmpdir says and must be"
                            + " allowed to be executed there: " + cause,
                    e);
        }
    }

    Opened open() throws IOException {
        directory.recover();
        refuseForeignFile();
        try {
            if (!Files.exists(directory.database())) {
                directory.replace(List.of(), settings.maxBytes());
            }
            return read();
        } catch (SQLException e) {
            refuseWhatIsNoDamage(e);
            return openAnew(e);
        }
    }

    /** Guards a file that is open. */
    SpoolFile guarded(SqliteFile open) {
        return new GuardedFile(
                open,
                directory.database(),
                directory.file("-wal"),
                List.of(directory.file("-shm"), SpoolOwner.lockFile(settings.directory())));
    }

    private Opened read() throws SQLException {
        SqliteFile file = SqliteFile.open(directory.database(), settings.maxBytes());
        try {
            return new Opened(guarded(file), file.load());
        } catch (SQLException e) {
            file.close();
            throw e;
        }
    }

    private Opened openAnew(SQLException damage) throws IOException {
        try {
            Collection<SpoolRow> salvaged = DamagedFileReader.from(directory.database());
            Path kept = directory.quarantine(salvaged, settings.maxBytes());
            trouble.damaged(kept, salvaged.size());
            return read();
        } catch (SQLException e) {
            e.addSuppressed(damage);
            throw new SpoolException("No spool can be made in " + settings.directory() + ": " + e.getMessage(), e);
        }
    }

    private void refuseForeignFile() {
        Path database = directory.database();
        if (Files.exists(database) && !(Files.isReadable(database) && Files.isWritable(database))) {
            throw new SpoolException(database + " can't be read or written: let this user do so");
        }
    }

    private void refuseWhatIsNoDamage(SQLException e) {
        if (Sqlite.isFull(e)) {
            throw new SpoolException("The disk of " + settings.directory() + " is full: make room", e);
        }
        if (Sqlite.is(e, SQLiteErrorCode.SQLITE_BUSY) || Sqlite.is(e, SQLiteErrorCode.SQLITE_LOCKED)) {
            throw new SpoolException(directory.database() + " is held by another program: end that", e);
        }
    }
}
