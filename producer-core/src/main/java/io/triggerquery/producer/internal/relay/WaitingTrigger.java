package io.triggerquery.producer.internal.relay;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a store, for display.
 *
 * @param since the time of its first publication
 * @param attempts the number of failed sends
 * @param parked the reason why it is parked, or null if it is pending
 */
public record WaitingTrigger(
        OutgoingTrigger trigger,
        Instant since,
        int attempts,
        @Nullable String parked) {}
