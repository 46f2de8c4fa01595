package io.triggerquery.consumer.projection;

import java.util.Comparator;

/**
 * The values of a row.
 *
 * <p>The order is that of the table: by version, and a tombstone after the state of the same version. A tombstone of an
 * unknown version is the last, because it is always admitted.
 *
 * @param version {@link #UNKNOWN} only if deleted
 */
record GuardRow(String id, long version, boolean deleted) implements Comparable<GuardRow> {

    static final long UNKNOWN = -1;

    private static final Comparator<GuardRow> ORDER = Comparator.comparing((GuardRow row) -> row.version == UNKNOWN)
            .thenComparingLong(GuardRow::version)
            .thenComparing(GuardRow::deleted);

    static GuardRow of(Candidate candidate) {
        if (candidate instanceof Candidate.Found found) {
            return new GuardRow(found.id(), found.version(), false);
        }
        Candidate.Absent absent = (Candidate.Absent) candidate;
        return new GuardRow(absent.id(), absent.version().orElse(UNKNOWN), true);
    }

    @Override
    public String toString() {
        return (deleted ? "a deletion" : "a state")
                + (version == UNKNOWN ? " of no version" : " of version " + version);
    }

    @Override
    public int compareTo(GuardRow other) {
        return ORDER.compare(this, other);
    }
}
