package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file whose operations fail after another program has removed, replaced or truncated it. SQLite does not detect
 * this: it continues to write to a file without a name, which is lost with the next restart.
 *
 * <p>Threads: the writer's only. Bounds: three lookups of names for each write, none of which reads the disk. Failure:
 * {@link SQLException}; the file must then be closed.
 */
final class GuardedFile implements SpoolFile {

    /**
     * The files that only other processes depend on are checked after this number of writes, or after a second without
     * one.
     */
    static final int CHECK_INTERVAL = 64;

    /** The log is emptied at 2 MiB, unless a program that reads the file holds an old state of it. */
    static final long MAX_LOG_BYTES = 16 << 20;

    private final SpoolFile file;
    private final Path database;
    private final Path log;
    private final List<Path> others;
    private final Map<Path, FileIdentity> identities = new HashMap<>();
    private int writes;

    /**
     * Guards an open file.
     *
     * @param others other files that must stay in place: the index of the log, and the lock, without which another
     *     process would use the directory too
     */
    GuardedFile(SpoolFile file, Path database, Path log, List<Path> others) {
        this.file = file;
        this.database = database;
        this.log = log;
        this.others = List.copyOf(others);
    }

    @Override
    public void write(Map<Key, Optional<SpoolRow>> touched, boolean lasting) throws SQLException {
        // before the write, which would make a truncated log long again, with a hole
        check(log);
        file.write(touched, lasting);
        remember(database);
        remember(log);
        if (touched.isEmpty() || ++writes % CHECK_INTERVAL == 0) {
            for (Path other : others) {
                remember(other);
            }
        }
    }

    private void remember(Path path) throws SQLException {
        // SQLite itself truncates its log
        FileIdentity now = path.equals(log) ? sameFile(log) : check(path);
        if (now != null) {
            identities.put(path, now);
        }
    }

    private @Nullable FileIdentity check(Path path) throws SQLException {
        FileIdentity before = identities.get(path);
        FileIdentity now = sameFile(path);
        if (before != null && now != null && now.size() < before.size()) {
            throw changed(path);
        }
        return now;
    }

    private @Nullable FileIdentity sameFile(Path path) throws SQLException {
        FileIdentity before = identities.get(path);
        FileIdentity now = identify(path);
        if (before != null && !before.isSameFile(now)) {
            throw changed(path);
        }
        return now;
    }

    private static @Nullable FileIdentity identify(Path path) throws SQLException {
        try {
            return FileIdentity.of(path);
        } catch (IOException e) {
            throw new SQLException(path + " cannot be checked: " + e, e);
        }
    }

    private static SQLException changed(Path path) {
        return new SQLException(path + " was removed, replaced or truncated by another program");
    }

    @Override
    public boolean hasLongLog() {
        FileIdentity now = identities.get(log);
        FileIdentity main = identities.get(database);
        return now != null && now.size() > Math.max(MAX_LOG_BYTES, main == null ? 0 : main.size());
    }

    @Override
    public boolean emptyLog() {
        return file.emptyLog();
    }

    @Override
    public void close() {
        file.close();
    }
}
