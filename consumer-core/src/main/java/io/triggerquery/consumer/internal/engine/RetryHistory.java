package io.triggerquery.consumer.internal.engine;

import java.time.Duration;

/**
 * The failures of a trigger before it came back from the retry topic.
 *
 * @param failures how many rounds had failed in a row
 * @param failingFor how long it had been failing when it arrived
 * @param waited how much of its pause has passed since it was deferred
 */
public record RetryHistory(int failures, Duration failingFor, Duration waited) {

    /** A trigger that has just been sent. */
    public static final RetryHistory NONE = new RetryHistory(0, Duration.ZERO, Duration.ZERO);
}
