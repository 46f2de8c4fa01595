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
 * A file whose operations fail when it was removed, replaced or truncated by others. SQLite does not notice: it goes
 * on writing to what no name leads to any more, and nothing of that is there after a restart.
 *
 * <p>Threads: the writer's only. Bounds: three looks at names for each write, none of which reads the disk. Failure: {@link SQLException}; it is to be closed then.
 */
final class GuardedFile implements SpoolFile {

    /** After so many writes, or a second without any, what only other processes rely on is looked at too. */
    static final int SELDOM = 64;

    /** A log is emptied at 2 MiB, unless a program that reads the file holds an old state of it. */
    static final long LONGEST_LOG = 16 << 20;

    private final SpoolFile file;
    private final Path database;
    private final Path log;
    private final List<Path> others;
    private final Map<Path, FileIdentity> marks = new HashMap<>();
    private int writes;

    /**
     * Guards a file that is open.
     *
     * @param others what else has to stay where it is: the index of the log and the lock, without which another process
     *     would take itself for the only one
     */
    GuardedFile(SpoolFile file, Path database, Path log, List<Path> others) {
        this.file = file;
        this.database = database;
        this.log = log;
        this.others = List.copyOf(others);
    }

    @Override
    public void write(Map<Key, Optional<SpoolRow>> touched, boolean lasting) throws SQLException {
        // before the write, which makes a truncated log long again, with a hole
        check(log);
        file.write(touched, lasting);
        mark(database);
        mark(log);
        if (touched.isEmpty() || ++writes % SELDOM == 0) {
            for (Path other : others) {
                mark(other);
            }
        }
    }

    private void mark(Path path) throws SQLException {
        // SQLite itself makes its log shorter
        FileIdentity now = path.equals(log) ? sameFile(log) : check(path);
        if (now != null) {
            marks.put(path, now);
        }
    }

    private @Nullable FileIdentity check(Path path) throws SQLException {
        FileIdentity before = marks.get(path);
        FileIdentity now = sameFile(path);
        if (before != null && now != null && now.size() < before.size()) {
            throw changed(path);
        }
        return now;
    }

    private @Nullable FileIdentity sameFile(Path path) throws SQLException {
        FileIdentity before = marks.get(path);
        FileIdentity now = look(path);
        if (before != null && !before.isSameFile(now)) {
            throw changed(path);
        }
        return now;
    }

    private static @Nullable FileIdentity look(Path path) throws SQLException {
        try {
            return FileIdentity.of(path);
        } catch (IOException e) {
            throw new SQLException(path + " can't be looked at: " + e, e);
        }
    }

    private static SQLException changed(Path path) {
        return new SQLException(path + " was removed, replaced or truncated by somebody else");
    }

    @Override
    public boolean hasLongLog() {
        FileIdentity now = marks.get(log);
        FileIdentity main = marks.get(database);
        return now != null && now.size() > Math.max(LONGEST_LOG, main == null ? 0 : main.size());
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
