package io.triggerquery.producer.handoff;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.sending.Trigger;
import java.util.List;

/**
 * Keeps triggers outside of the business database until Kafka has them.
 *
 * <p>Threads: any. Bounds: it never waits for Kafka; after a transaction it is called while that still holds its
 * connection, so it waits for no other network either. Failure: only {@link #prepare} and what that returns may throw.
 */
@FunctionalInterface
public interface Keeper {

    /** Takes triggers whose transaction has ended, or that had none. */
    Receipt keep(List<Trigger> triggers);

    /**
     * Called at the end of a transaction, right before its commit. What it throws rolls the transaction back.
     *
     * @return what to do once the transaction has ended, whatever is known of how: after a commit was asked for,
     *     nobody can be sure that it did not happen. It throws if the triggers are not kept after all.
     */
    default Runnable prepare(List<Trigger> triggers) {
        return () -> RejectedException.throwIf(keep(triggers));
    }
}
