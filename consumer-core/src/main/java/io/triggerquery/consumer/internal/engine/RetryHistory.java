package io.triggerquery.consumer.internal.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The failures of a trigger before it came back from the retry topic.
 *
 * @param failures the number of consecutive failed rounds
 * @param failingFor how long it had been failing when it arrived
 * @param waited the time since it was deferred, which counts towards its back-off
 * @param cause the last failure as one line, or null if it is not known
 */
public record RetryHistory(
        int failures,
        Duration failingFor,
        Duration waited,
        @Nullable String cause) {

    /** The history of a trigger that has not failed. */
    public static final RetryHistory NONE = new RetryHistory(0, Duration.ZERO, Duration.ZERO);

    /** Creates a history without a cause. */
    public RetryHistory(int failures, Duration failingFor, Duration waited) {
        this(failures, failingFor, waited, null);
    }

    /** Returns the history of a trigger that comes back now. */
    public RetryHistory after(Duration wait) {
        return failures == 0 ? NONE : new RetryHistory(failures, failingFor.plus(wait), wait, cause);
    }
}
