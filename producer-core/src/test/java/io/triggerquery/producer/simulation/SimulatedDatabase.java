package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The business database: the versions of the changes, and the rows of the outbox. */
final class SimulatedDatabase {

    /** The outcome of a COMMIT. */
    enum Commit {
        DONE,
        REFUSED,
        /** Committed, but the answer is lost. */
        ANSWER_LOST,
        /** Not committed, and no answer. */
        LOST,
        /** Committed later, and no answer. */
        LATE
    }

    /** A row of the outbox. */
    static final class Row {
        final long id;
        final OutgoingTrigger trigger;
        final long createdNanos;
        long dueNanos;
        int attempts;

        @Nullable
        String parked;

        Row(long id, OutgoingTrigger trigger, long createdNanos) {
            this.id = id;
            this.trigger = trigger;
            this.createdNanos = createdNanos;
            this.dueNanos = createdNanos;
        }
    }

    /** The work of a transaction so far. */
    final class Transaction {
        final List<Publication> publications = new ArrayList<>();
        final List<Row> inserted = new ArrayList<>();
        private final long begunNanos = world.time.now();

        /** As in PostgreSQL, the times of a row are the begin of its transaction. */
        void insert(OutgoingTrigger trigger) {
            inserted.add(new Row(++lastId, trigger, begunNanos));
        }

        void commit() {
            inserted.forEach(row -> rows.put(row.id, row));
            world.ledger.committed(publications);
        }
    }

    /** The longest pause of the schedule, with jitter. */
    private static final long LONGEST_PAUSE_NANOS = 25_000_000_000L;

    final Map<Long, Row> rows = new TreeMap<>();
    private final SimulatedWorld world;
    private long lastId;
    private long failedNanos = -LONGEST_PAUSE_NANOS;
    boolean away;

    SimulatedDatabase(SimulatedWorld world) {
        this.world = world;
    }

    Transaction begin() {
        failIfAway();
        return new Transaction();
    }

    /** Whether a relay may still be in the pause after a store failure. */
    boolean mayBePaused() {
        return world.time.now() < failedNanos + LONGEST_PAUSE_NANOS;
    }

    void failed() {
        failedNanos = world.time.now();
    }

    void failIfAway() {
        if (away) {
            failed();
            throw new NoDatabase();
        }
    }

    /** No connection. */
    static final class NoDatabase extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoDatabase() {
            super("no database", null, false, false);
        }
    }
}
