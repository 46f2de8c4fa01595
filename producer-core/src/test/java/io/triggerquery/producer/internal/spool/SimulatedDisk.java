package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A directory on a disk. It survives its process, but a power failure may lose writes that were not synced. */
public final class SimulatedDisk {

    /** The condition of the disk. */
    public enum Health {
        HEALTHY,
        /** No row can be added. */
        FULL,
        /** Nothing can be written. */
        BROKEN,
        /** The next write fails. */
        FLAKY,
        /** Every write takes too long. */
        SLOW
    }

    public Health health = Health.HEALTHY;
    private boolean failed;
    private Map<Key, SpoolRow> synced = new LinkedHashMap<>();
    private final List<Map<Key, Optional<SpoolRow>>> written = new ArrayList<>();

    /** Keeps only the first {@code writes} writes that were not synced. */
    public void loseAllBut(int writes) {
        while (written.size() > writes) {
            written.remove(written.size() - 1);
        }
    }

    /** Whether a write has failed. If so, sent triggers may stay on disk until the next start, which sends them again. */
    public boolean hasFailed() {
        return failed;
    }

    public int notSynced() {
        return written.size();
    }

    /** Called when a process ends during a write for which a real process would have waited. */
    void interrupted() {
        failed = true;
    }

    public boolean holds(Key key) {
        return rows().containsKey(key);
    }

    public boolean isEmpty() {
        return rows().isEmpty();
    }

    /** The keys that are not parked. */
    public List<Key> waiting() {
        return rows().values().stream()
                .filter(row -> row.parked() == null)
                .map(SpoolRow::key)
                .toList();
    }

    Map<Key, SpoolRow> rows() {
        sync();
        return synced;
    }

    private void sync() {
        for (Map<Key, Optional<SpoolRow>> one : written) {
            one.forEach((key, row) -> row.ifPresentOrElse(put -> synced.put(key, put), () -> synced.remove(key)));
        }
        written.clear();
    }

    void write(Map<Key, Optional<SpoolRow>> touched, boolean durable) throws SQLException {
        if (health == Health.FLAKY) {
            health = Health.HEALTHY;
            throw new SQLiteException("for the simulation", SQLiteErrorCode.SQLITE_IOERR);
        }
        failed |= health == Health.BROKEN || health == Health.FULL;
        if (health == Health.BROKEN) {
            throw new SQLiteException("for the simulation", SQLiteErrorCode.SQLITE_IOERR);
        }
        if (health == Health.FULL && touched.values().stream().anyMatch(Optional::isPresent)) {
            throw new SQLiteException("for the simulation", SQLiteErrorCode.SQLITE_FULL);
        }
        written.add(new LinkedHashMap<>(touched));
        if (durable) {
            sync();
        }
    }

    void replace(Collection<SpoolRow> rows) throws IOException {
        if (health == Health.BROKEN || health == Health.FULL) {
            throw new IOException("for the simulation");
        }
        written.clear();
        synced = new LinkedHashMap<>();
        rows.forEach(row -> synced.put(row.key(), row));
    }
}
