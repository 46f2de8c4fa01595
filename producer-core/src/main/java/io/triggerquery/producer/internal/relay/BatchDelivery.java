package io.triggerquery.producer.internal.relay;

import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.util.List;

/** Delivers a batch of claimed entries of one destination. */
@FunctionalInterface
public interface BatchDelivery {

    /**
     * What became of one trigger.
     *
     * @param entries the claimed entries that it covers
     */
    record Sent(OutgoingTrigger trigger, List<Claimed> entries, SendOutcome outcome) {}

    /**
     * What became of a batch.
     *
     * @param untried entries that were not tried, because an earlier one showed that it would be in vain
     */
    record Result(List<Sent> sent, List<Claimed> untried) {

        /** Those with such an outcome. */
        <T extends SendOutcome> List<Sent> having(Class<T> outcome) {
            return sent.stream().filter(s -> outcome.isInstance(s.outcome())).toList();
        }
    }

    /** Sends the batch and waits for what became of it, for a bounded time. Does not throw. */
    Result deliver(String destination, List<Claimed> batch);
}
