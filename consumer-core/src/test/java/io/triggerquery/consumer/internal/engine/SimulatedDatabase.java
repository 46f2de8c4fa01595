package io.triggerquery.consumer.internal.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The projection: rows with a version guard and tombstones. */
final class SimulatedDatabase {

    /**
     * One write of a transaction.
     *
     * @param version the version that the engine passed
     * @param truth the version that was really read
     */
    record Write(String id, OptionalLong version, boolean deleted, long truth) {}

    private record Row(long version, boolean deleted, long truth) {}

    private final Map<String, Row> rows = new HashMap<>();
    private final SimulatedWorld world;

    boolean away;
    boolean broken;

    SimulatedDatabase(SimulatedWorld world) {
        this.world = world;
    }

    void commit(List<Write> transaction) {
        for (Write write : transaction) {
            Row row = rows.get(write.id());
            Violation.unless(
                    write.version().isPresent()
                            || write.deleted()
                            || !world.scenario.versions().ofStates(),
                    "G3: no version:",
                    write);
            if (row == null || admits(row, write)) {
                rows.put(write.id(), written(row, write));
            } else {
                world.saw(SimulationEvent.LATE_WRITE_REFUSED);
            }
        }
    }

    private boolean admits(Row row, Write write) {
        if (!world.scenario.versions().ofStates()) {
            return true;
        }
        long version = write.version().orElse(row.version()); // like the guard: a deletion keeps the version it finds
        return row.version() < version || row.version() == version && (write.deleted() || !row.deleted());
    }

    private Row written(Row row, Write write) {
        if (row != null && comparable(row, write)) {
            Violation.unless(
                    write.truth() > row.truth() || write.truth() == row.truth() && (write.deleted() || !row.deleted()),
                    "G3: goes backwards",
                    row,
                    write);
        }
        long found = row == null || world.restarts() ? -1 : row.version(); // where ids restart, rows are removed
        return new Row(write.version().orElse(found), write.deleted(), write.truth());
    }

    /** Returns whether the row equals the source. A tombstone without a version may have a lower one. */
    private boolean comparable(Row row, Write write) {
        return switch (world.scenario.versions()) {
            case NONE -> world.scenario.lateness() == 0;
            case NOT_ABSENCES -> !row.deleted();
            case ALL, SOME_TRIGGERS, NOT_TRIGGERS, RESTARTING -> true;
        };
    }

    /** Returns the version of the source that an id has reached. */
    long truth(String id) {
        Row row = rows.get(id);
        return row == null ? 0 : row.truth();
    }

    /** The version below which the guard admits nothing. */
    long version(String id) {
        Row row = rows.get(id);
        return row == null ? -1 : row.version();
    }

    boolean equals(String id, SimulatedSource.State state) {
        Row row = rows.get(id);
        if (row == null || row.deleted()) {
            return state.deleted();
        }
        return !state.deleted() && row.truth() == state.version();
    }

    String show(String id) {
        return String.valueOf(rows.get(id));
    }
}
