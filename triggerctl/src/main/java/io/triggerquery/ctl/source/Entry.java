package io.triggerquery.ctl.source;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Instant;

/**
 * A trigger that waits.
 *
 * @param since the time of its first publication
 * @param reason the reason of the state; may be empty
 */
public record Entry(OutgoingTrigger trigger, Instant since, State state, String reason) {}
