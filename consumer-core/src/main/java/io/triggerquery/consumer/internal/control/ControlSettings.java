package io.triggerquery.consumer.internal.control;

import java.time.Duration;

/**
 * The times of a fleet.
 *
 * @param statusEvery the interval of the statuses; an instance whose last status is older than three of them counts as
 *     gone
 * @param writeWithin the maximum wait for the broker to acknowledge a record, and for this instance to read it back
 * @param answerWithin the maximum wait for the answers to a command
 * @param commandsUntil the age at which a command is no longer executed
 */
public record ControlSettings(
        Duration statusEvery, Duration writeWithin, Duration answerWithin, Duration commandsUntil) {

    /** The times outside of tests. A command ends before its sender would repeat it. */
    public static final ControlSettings DEFAULT = new ControlSettings(
            Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofSeconds(10));
}
