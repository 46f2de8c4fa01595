package io.triggerquery.producer.internal.handoff;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;

/** Publishes triggers to a destination. */
@FunctionalInterface
public interface Strategy {

    /** Publishes a trigger on the calling thread, which may be in a transaction. */
    Receipt publish(OutgoingTrigger trigger);
}
