package io.triggerquery.producer.internal.relay;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.util.List;

/** Delivers a batch of claimed entries of one destination. */
@FunctionalInterface
public interface BatchDelivery {

    /**
     * The outcome of one trigger.
     *
     * @param entries the claimed entries that it covers
     */
    record Sent(OutgoingTrigger trigger, List<Claimed> entries, SendOutcome outcome) {}

    /**
     * The outcome of a batch.
     *
     * @param untried entries that were not tried, because the outcome of an earlier one showed that they would fail too
     */
    record Result(List<Sent> sent, List<Claimed> untried) {

        /** Returns the triggers with an outcome of this type. */
        <T extends SendOutcome> List<Sent> having(Class<T> outcome) {
            return sent.stream().filter(s -> outcome.isInstance(s.outcome())).toList();
        }
    }

    /** Sends the batch and waits for its outcomes, for a bounded time. Does not throw. */
    Result deliver(String destination, List<Claimed> batch);
}
