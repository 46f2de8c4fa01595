package io.triggerquery.producer.internal.actuate;

import io.triggerquery.producer.internal.relay.WaitingTrigger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A trigger that has not been sent.
 *
 * @param version the version of the trigger; null if it has none
 * @param since the time of its first publication
 * @param attempts the number of its failed sends
 * @param parked why it is parked and waits for an operator; null if it is not parked
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
