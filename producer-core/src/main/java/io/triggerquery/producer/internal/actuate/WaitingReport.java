package io.triggerquery.producer.internal.actuate;

import io.triggerquery.producer.internal.relay.WaitingTrigger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A trigger that has not been sent.
 *
 * @param version the version of the state that it announces, or null if that is not known
 * @param since when it was first published
 * @param attempts how many sends of it have failed
 * @param parked why it waits for an operator, or null if it waits for its turn
 */
public record WaitingReport(
        String destination,
        String id,
        @Nullable Long version,
        Instant since,
        int attempts,
        @Nullable String parked) {

    static WaitingReport of(WaitingTrigger waiting) {
        return new WaitingReport(
                waiting.trigger().destination(),
                waiting.trigger().id(),
                waiting.trigger().version(),
                waiting.since(),
                waiting.attempts(),
                waiting.parked());
    }
}
