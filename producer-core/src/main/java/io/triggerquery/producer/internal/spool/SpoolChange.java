package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A change of one row. */
sealed interface SpoolChange {

    Key key();

    /** What the row becomes; null is no row. */
    @Nullable
    SpoolRow apply(@Nullable SpoolRow row);

    /** Whether somebody relies on it after a power failure. */
    default boolean mustLast() {
        return false;
    }

    /**
     * A trigger was published.
     *
     * @param intents 1 if its transaction will be asked to commit, -1 if that one has ended, 0 if there is none
     */
    record Put(OutgoingTrigger trigger, long generation, Instant since, int intents) implements SpoolChange {

        @Override
        public Key key() {
            return trigger.key();
        }

        @Override
        public SpoolRow apply(@Nullable SpoolRow row) {
            if (row == null) {
                return new SpoolRow(
                        trigger, generation, intents > 0 ? 0 : generation, since, Math.max(0, intents), null);
            }
            return new SpoolRow(
                    trigger.merge(row.trigger().version()),
                    Math.max(row.generation(), generation),
                    // who draws a generation first need not be here first
                    intents > 0 ? row.published() : Math.max(row.published(), generation),
                    row.since(),
                    Math.max(0, row.intents() + intents),
                    null);
        }

        /** Once a transaction has ended its trigger is on disk already. */
        @Override
        public boolean mustLast() {
            return intents >= 0;
        }
    }

    /**
     * A transaction that had announced it is rolled back. A row that is there for no other publishing is removed; any other
     * stays.
     */
    record Cancel(Key key) implements SpoolChange {

        @Override
        public @Nullable SpoolRow apply(@Nullable SpoolRow row) {
            if (row == null || row.published() == 0 && row.intents() <= 1) {
                return null;
            }
            return row.withIntents(Math.max(0, row.intents() - 1));
        }
    }

    /**
     * Kafka has this generation. A row whose transaction may still commit stays: that send was too early for it.
     *
     * @param overdue how many of its transactions, whose end was not seen, cannot commit any more
     */
    record Forget(Key key, long generation, int overdue) implements SpoolChange {

        @Override
        public @Nullable SpoolRow apply(@Nullable SpoolRow row) {
            if (row == null) {
                return null;
            }
            SpoolRow left = row.withIntents(Math.max(0, row.intents() - overdue));
            if (left.published() > generation) {
                return left;
            }
            return left.intents() == 0 ? null : left.onlyAnnounced();
        }
    }

    /** Kafka refuses this generation. */
    record Park(Key key, long generation, String reason) implements SpoolChange {

        @Override
        public @Nullable SpoolRow apply(@Nullable SpoolRow row) {
            return row != null && row.generation() <= generation ? row.parkedFor(reason) : row;
        }
    }

    /** An operator wants it tried again. */
    record Unpark(Key key) implements SpoolChange {

        @Override
        public @Nullable SpoolRow apply(@Nullable SpoolRow row) {
            return row == null ? null : row.parkedFor(null);
        }

        @Override
        public boolean mustLast() {
            return true;
        }
    }
}
