package io.triggerquery.consumer.internal.control;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The request of an operator to pause a listener or an id. Without an end it lasts until it is resumed.
 *
 * @param by the user
 * @param reason why, or null
 * @param until when it ends, or null
 * @param duration how long it lasts by the broker's clock, or null; used if there is no {@code until}
 */
public record PauseRequest(
        String by,
        @Nullable String reason,
        @Nullable Instant until,
        @Nullable Duration duration) {

    ControlValue.Pause startingAt(Instant now) {
        return new ControlValue.Pause(reason, by, now, until != null || duration == null ? until : now.plus(duration));
    }
}
