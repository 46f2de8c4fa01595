package io.triggerquery.ctl.source;

import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Instant;
import java.util.Objects;

/**
 * A trigger that waits.
 *
 * @param since the time of its first publication
 * @param reason the reason of the state; may be empty
 */
public record Entry(OutgoingTrigger trigger, Instant since, State state, String reason) {

    static Entry of(WaitingTrigger waiting) {
        State state = waiting.parked() == null ? State.WAITING : State.PARKED;
        String attempts = waiting.attempts() == 0 ? "" : waiting.attempts() + " failed attempts";
        return new Entry(
                waiting.trigger(), waiting.since(), state, Objects.requireNonNullElse(waiting.parked(), attempts));
    }
}
