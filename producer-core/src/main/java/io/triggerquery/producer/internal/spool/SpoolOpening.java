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
 * <p>Failure: {@link SpoolException} if the directory cannot be used. Damaged data is not a failure: it is moved to
 * quarantine.
 */
final class SpoolOpening {

    /** An open file and its rows. */
    record Opened(SpoolFile file, List<SpoolRow> rows) {}

    private final SpoolSettings settings;
    private final SpoolDirectory directory;
    private final OngoingFailure failure;

    SpoolOpening(SpoolSettings settings, SpoolDirectory directory, OngoingFailure failure) {
        this.settings = settings;
        this.directory = directory;
        this.failure = failure;
    }

    /** Creates the directory, and rejects one that cannot be written to. */
    static void prepare(Path directory) {
        try (Connection probe = Sqlite.connect(Path.of(":memory:"))) {
            PrivateFiles.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "probe", ""));
            new SpoolDirectory(directory).secure();
        } catch (IOException e) {
            throw new SpoolException(
                    "Nothing can be written to " + directory.toAbsolutePath() + ": give this user write access or set "
                            + SpoolSettings.PROPERTIES + "directory: " + e,
                    e);
        } catch (SQLException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new SpoolException(
                    "SQLite cannot be loaded. Its library is unpacked to the directory of -Dorg.sqlite.tmpdir and must"
                            + " be executable there: " + cause,
                    e);
        }
    }

    Opened open() throws IOException {
        directory.recover();
        checkAccess();
        try {
            if (!Files.exists(directory.database())) {
                directory.replace(List.of(), settings.maxBytes());
            }
            return read();
        } catch (SQLException e) {
            throwUnlessDamaged(e);
            return recover(e);
        }
    }

    /** Guards an open file. */
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

    private Opened recover(SQLException damage) throws IOException {
        try {
            Collection<SpoolRow> salvaged = SpoolReader.salvage(directory.database());
            Path kept = directory.quarantine(salvaged, settings.maxBytes());
            failure.damaged(kept, salvaged.size());
            return read();
        } catch (SQLException e) {
            e.addSuppressed(damage);
            throw new SpoolException("No spool can be created in " + settings.directory() + ": " + e.getMessage(), e);
        }
    }

    private void checkAccess() {
        Path database = directory.database();
        if (Files.exists(database) && !(Files.isReadable(database) && Files.isWritable(database))) {
            throw new SpoolException(database + " cannot be read or written: give this user access");
        }
    }

    private void throwUnlessDamaged(SQLException e) {
        if (Sqlite.isFull(e)) {
            throw new SpoolException("The disk of " + settings.directory() + " is full: make room", e);
        }
        if (Sqlite.is(e, SQLiteErrorCode.SQLITE_BUSY) || Sqlite.is(e, SQLiteErrorCode.SQLITE_LOCKED)) {
            throw new SpoolException(directory.database() + " is locked by another program: stop that program", e);
        }
    }
}
