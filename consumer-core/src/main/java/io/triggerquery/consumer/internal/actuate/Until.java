package io.triggerquery.consumer.internal.actuate;

import io.triggerquery.consumer.internal.control.PauseRequest;
import io.triggerquery.consumer.internal.listener.ListenerOperationException;
import io.triggerquery.consumer.internal.listener.ListenerOperationException.Reason;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * When a pause ends: a time with its offset, such as {@code 2026-11-30T06:00:00Z}, or a duration from now, such as
 * {@code 2h} or {@code PT2H}.
 */
final class Until {

    private static final Duration MAX = Duration.ofDays(365);

    private Until() {}

    /**
     * Returns the request of a pause.
     *
     * @param until when it ends, or null
     * @throws ListenerOperationException if {@code until} is neither, is over, or is more than a year from now
     */
    static PauseRequest of(String user, @Nullable String reason, @Nullable String until, InstantSource clock) {
        if (until == null || until.isBlank()) {
            return new PauseRequest(user, reason, null, null);
        }
        Instant time = time(until);
        Duration duration = time == null ? duration(until) : Duration.between(clock.instant(), time);
        if (duration.isNegative() || duration.isZero() || duration.compareTo(MAX) > 0) {
            throw new ListenerOperationException(
                    Reason.INVALID, "until is " + until + ", which is in the past, or more than a year from now.");
        }
        return new PauseRequest(user, reason, time, time == null ? duration : null);
    }

    private static @Nullable Instant time(String until) {
        try {
            return OffsetDateTime.parse(until).toInstant();
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    private static Duration duration(String until) {
        try {
            return DurationStyle.detectAndParse(until);
        } catch (IllegalArgumentException | ArithmeticException invalid) {
            throw new ListenerOperationException(
                    Reason.INVALID,
                    "until is " + until
                            + ", which is neither a time such as 2026-11-30T06:00:00Z nor a duration such as" + " 2h.");
        }
    }
}
