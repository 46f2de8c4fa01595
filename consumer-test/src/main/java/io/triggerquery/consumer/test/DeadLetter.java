package io.triggerquery.consumer.test;

import io.triggerquery.consumer.Trigger;

/**
 * A trigger that was sent to the dead-letter topic.
 *
 * @param trigger the trigger
 * @param cause why it can never be applied
 */
public record DeadLetter(Trigger trigger, Throwable cause) {}
