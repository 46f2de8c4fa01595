package io.triggerquery.producer.internal.handoff;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;

/** Publishes triggers to a destination. */
@FunctionalInterface
public interface Strategy {

    /** Takes a trigger that was published on this thread, perhaps within a transaction. */
    Receipt publish(OutgoingTrigger trigger);
}
