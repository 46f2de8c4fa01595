package io.triggerquery.producer.internal.handoff;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Duration;
import java.util.List;

/**
 * Keeps triggers outside of the business database until Kafka has them.
 *
 * <p>Threads: any. Bounds: it never waits for Kafka. After a transaction, which still holds its connection, it waits
 * for no other network either. Failure: only {@link #prepare} and its result may throw.
 */
@FunctionalInterface
public interface TriggerBuffer {

    /** The time that a database may take to commit after its client has gone. */
    Duration IN_DOUBT_DELAY = Duration.ofSeconds(30);

    /** Keeps triggers whose transaction has committed, or that had none. */
    Receipt keep(List<OutgoingTrigger> triggers);

    /**
     * Keeps triggers of a transaction whose outcome is not known: the database may still commit it. If they were sent
     * at once, the consumer could query before that commit, so they wait for {@link #IN_DOUBT_DELAY} where the
     * buffer can delay them.
     */
    default Receipt acceptInDoubt(List<OutgoingTrigger> triggers) {
        return keep(triggers);
    }

    /** Prepares triggers right before the commit of their transaction. An exception rolls the transaction back. */
    default Prepared prepare(List<OutgoingTrigger> triggers) {
        return committed -> RejectedException.throwIf(committed ? keep(triggers) : acceptInDoubt(triggers));
    }

    /** Triggers whose transaction is about to commit. */
    @FunctionalInterface
    interface Prepared {

        /**
         * Keeps the triggers after the end of the transaction. Throws if they are not kept.
         *
         * @param committed whether the transaction is known to have committed; if not, its commit was requested and may
         *     still happen
         */
        void ended(boolean committed);
    }
}
