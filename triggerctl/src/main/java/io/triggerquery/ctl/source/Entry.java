package io.triggerquery.ctl.source;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Instant;

/**
 * A trigger that waits.
 *
 * @param since when it was first published
 * @param reason why it is in this state, or an empty string
 */
public record Entry(OutgoingTrigger trigger, Instant since, State state, String reason) {}
