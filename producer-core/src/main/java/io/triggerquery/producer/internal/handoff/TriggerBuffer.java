package io.triggerquery.producer.internal.handoff;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Duration;
import java.util.List;

/**
 * Keeps triggers outside of the business database until Kafka has them.
 *
 * <p>Threads: any. Bounds: it never waits for Kafka; after a transaction it is called while that still holds its
 * connection, so it waits for no other network either. Failure: only {@link #prepare} and what that returns may throw.
 */
@FunctionalInterface
public interface TriggerBuffer {

    /** How long a database may take to commit for a client that has gone. */
    Duration UNSURE = Duration.ofSeconds(30);

    /** Takes triggers whose transaction has ended, or that had none. */
    Receipt keep(List<OutgoingTrigger> triggers);

    /**
     * Takes triggers of a transaction of which nobody knows how it ended: the database may still be about to commit it.
     * What is sent at once could then be queried too early, so it waits for {@link #UNSURE} where that can be done.
     */
    default Receipt acceptInDoubt(List<OutgoingTrigger> triggers) {
        return keep(triggers);
    }

    /** Called at the end of a transaction, right before its commit. What it throws rolls the transaction back. */
    default Prepared prepare(List<OutgoingTrigger> triggers) {
        return committed -> RejectedException.throwIf(committed ? keep(triggers) : acceptInDoubt(triggers));
    }

    /** Triggers whose transaction is about to commit. */
    @FunctionalInterface
    interface Prepared {

        /**
         * The transaction has ended. It throws if the triggers are not kept after all.
         *
         * @param committed whether it is known to have committed; if not, a commit was asked for, and nobody can be sure
         *     that it does not happen
         */
        void ended(boolean committed);
    }
}
