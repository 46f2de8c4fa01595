package io.triggerquery.consumer.internal.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row to be written: a state, or a tombstone.
 *
 * @param key the id, in the type of its column
 * @param version the version, {@link #UNKNOWN} only in a tombstone
 * @param deleted whether it is a tombstone
 * @param values the values of the record's components, in their order
 */
public record Row(
        Comparable<?> key,
        long version,
        boolean deleted,
        @Nullable Object[] values) {

    /** The version of an absence whose version is not known. */
    public static final long UNKNOWN = -1;

    /** Returns one row for each id, the newest, sorted by id: all transactions lock rows in the same order. */
    public static List<Row> sorted(List<Row> rows) {
        List<Row> sorted = new ArrayList<>(rows);
        sorted.sort(Row::compareKeys);
        List<Row> newest = new ArrayList<>(sorted.size());
        for (Row row : sorted) {
            int last = newest.size() - 1;
            if (last >= 0 && newest.get(last).key.equals(row.key)) {
                newest.set(last, newest.get(last).newer(row));
            } else {
                newest.add(row);
            }
        }
        return newest;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int compareKeys(Row one, Row other) {
        return ((Comparable) one.key).compareTo(other.key);
    }

    /**
     * Returns the newer one: an absence without a version, else the higher version, else the absence, else the later.
     */
    private Row newer(Row later) {
        if (version == UNKNOWN || later.version == UNKNOWN) {
            return later.version == UNKNOWN ? later : this;
        }
        if (version != later.version) {
            return version > later.version ? this : later;
        }
        return deleted && !later.deleted ? this : later;
    }

    /** Returns the text of the id. */
    public String id() {
        return key.toString();
    }
}
