package io.triggerquery.producer.internal.sending;

import java.util.concurrent.CompletableFuture;

/** Sends one trigger. */
@FunctionalInterface
public interface TriggerSender {

    /**
     * Sends a trigger and says what became of it. Neither throws nor fails the future: every failure is a
     * {@link SendOutcome}. It may hold its caller for about a second when the broker can't be reached.
     */
    CompletableFuture<SendOutcome> send(OutgoingTrigger trigger);

    /**
     * As {@link #send}, but in no request with others, so that a refusal is about this trigger. It may hold its caller until
     * the answer.
     */
    default CompletableFuture<SendOutcome> sendAlone(OutgoingTrigger trigger) {
        return send(trigger);
    }
}
