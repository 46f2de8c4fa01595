package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A change of one row. */
sealed interface SpoolChange {

    Key key();

    /** Returns the changed row; null means no row. */
    @Nullable
    SpoolRow apply(@Nullable SpoolRow row);

    /** Returns whether the change must survive a power failure. */
    default boolean isDurable() {
        return false;
    }

    /**
     * A trigger was published.
     *
     * @param intents 1 before the end of its transaction, -1 after it, 0 without a transaction
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
                    // generations may arrive out of order
                    intents > 0 ? row.published() : Math.max(row.published(), generation),
                    row.since(),
                    Math.max(0, row.intents() + intents),
                    null);
        }

        /** Returns false after the end of a transaction: its trigger is on disk already. */
        @Override
        public boolean isDurable() {
            return intents >= 0;
        }
    }

    /** A transaction that announced the trigger is rolled back. Removes the row unless another publication needs it. */
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
     * Kafka has acknowledged this generation. A row whose transaction may still commit stays: the send does not cover
     * that commit.
     *
     * @param expired the number of its transactions whose end was not seen and that can no longer commit
     */
    record Forget(Key key, long generation, int expired) implements SpoolChange {

        @Override
        public @Nullable SpoolRow apply(@Nullable SpoolRow row) {
            if (row == null) {
                return null;
            }
            SpoolRow remaining = row.withIntents(Math.max(0, row.intents() - expired));
            if (remaining.published() > generation) {
                return remaining;
            }
            return remaining.intents() == 0 ? null : remaining.onlyAnnounced();
        }
    }

    /** Kafka has refused this generation. */
    record Park(Key key, long generation, String reason) implements SpoolChange {

        @Override
        public @Nullable SpoolRow apply(@Nullable SpoolRow row) {
            return row != null && row.generation() <= generation ? row.parkedFor(reason) : row;
        }
    }

    /** An operator has unparked the trigger. */
    record Unpark(Key key) implements SpoolChange {

        @Override
        public @Nullable SpoolRow apply(@Nullable SpoolRow row) {
            return row == null ? null : row.parkedFor(null);
        }

        @Override
        public boolean isDurable() {
            return true;
        }
    }
}
