package io.triggerquery.producer.internal.relay;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a store, for display.
 *
 * @param since when it was first published
 * @param attempts how many sends of it have failed
 * @param parked why it waits for an operator, or null if it waits for its turn
 */
public record WaitingTrigger(
        OutgoingTrigger trigger,
        Instant since,
        int attempts,
        @Nullable String parked) {}
