package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The business database: changes, which are counted only, and the rows of the outbox. */
final class SimulatedDatabase {

    /** What becomes of a COMMIT. */
    enum Commit {
        DONE,
        REFUSED,
        /** Done, but nobody hears of it. */
        ANSWER_LOST,
        /** Not done, and nobody hears of it. */
        LOST,
        /** The database has it still to do, and nobody hears of it. */
        LATE
    }

    /** A row of the table. */
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

    /** What a transaction has done so far. */
    final class Transaction {
        final List<Publication> publications = new ArrayList<>();
        final List<Row> inserted = new ArrayList<>();
        private final long begunNanos = world.time.now();

        /** As in PostgreSQL, the row's times are those of the transaction's begin. */
        void insert(OutgoingTrigger trigger) {
            inserted.add(new Row(++lastId, trigger, begunNanos));
        }

        void commit() {
            inserted.forEach(row -> rows.put(row.id, row));
            world.ledger.committed(publications);
        }
    }

    /** The schedule's last pause and its jitter. */
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

    /** Whether a relay may still be in the pause that follows an error of its store. */
    boolean mayBeLeftAlone() {
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
