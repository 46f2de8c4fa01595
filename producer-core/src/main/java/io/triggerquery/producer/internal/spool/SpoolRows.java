package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The expected content of the file: after a disk error the file is written again from these rows, because its content
 * after a failed fsync is unreliable.
 *
 * <p>Threads: the spool's writer only. Bounds: one entry for each row; it shares its strings with the queue.
 */
final class SpoolRows {

    private final Map<Key, SpoolRow> rows = new HashMap<>();

    SpoolRows(Collection<SpoolRow> loaded) {
        loaded.forEach(row -> rows.put(row.key(), row));
    }

    /** Returns the rows that these changes touch; empty means no row. */
    Map<Key, Optional<SpoolRow>> after(List<SpoolChange> changes) {
        Map<Key, Optional<SpoolRow>> touched = new LinkedHashMap<>();
        for (SpoolChange change : changes) {
            SpoolRow before = touched.getOrDefault(change.key(), Optional.ofNullable(rows.get(change.key())))
                    .orElse(null);
            touched.put(change.key(), Optional.ofNullable(change.apply(before)));
        }
        return touched;
    }

    void accept(Map<Key, Optional<SpoolRow>> touched) {
        touched.forEach((key, row) -> row.ifPresentOrElse(present -> rows.put(key, present), () -> rows.remove(key)));
    }

    Collection<SpoolRow> all() {
        return rows.values();
    }
}
