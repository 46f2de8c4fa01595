package io.triggerquery.producer.internal.sending;

import java.time.Duration;
import java.util.Optional;
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
     *
     * @param atMost how long it may wait for its turn before
     * @return empty if others were sent alone for so long: that says nothing of this one
     */
    default Optional<CompletableFuture<SendOutcome>> sendAlone(OutgoingTrigger trigger, Duration atMost) {
        return Optional.of(send(trigger));
    }
}
