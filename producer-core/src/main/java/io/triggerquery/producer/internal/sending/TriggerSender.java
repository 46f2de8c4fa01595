package io.triggerquery.producer.internal.sending;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Sends one trigger. */
@FunctionalInterface
public interface TriggerSender {

    /**
     * Sends a trigger and returns its outcome. Neither throws nor fails the future: every failure is a {@link
     * SendOutcome}. May block for about a second when the broker cannot be reached.
     */
    CompletableFuture<SendOutcome> send(OutgoingTrigger trigger);

    /**
     * Sends a trigger like {@link #send}, but in a request of its own, so that a refusal concerns this trigger. May
     * block until the answer.
     *
     * @param timeout how long it may wait for other single sends
     * @return the outcome; empty if other single sends took that long, so that this trigger was not sent
     */
    default Optional<CompletableFuture<SendOutcome>> sendAlone(OutgoingTrigger trigger, Duration timeout) {
        return Optional.of(send(trigger));
    }
}
