package io.triggerquery.consumer.internal.engine;

import java.time.Duration;

/**
 * The failures of a trigger before it came back from the retry topic.
 *
 * @param failures the number of consecutive failed rounds
 * @param failingFor how long it had been failing when it arrived
 * @param waited the time since it was deferred, which counts towards its back-off
 */
public record RetryHistory(int failures, Duration failingFor, Duration waited) {

    /** The history of a trigger that has not failed. */
    public static final RetryHistory NONE = new RetryHistory(0, Duration.ZERO, Duration.ZERO);
}
