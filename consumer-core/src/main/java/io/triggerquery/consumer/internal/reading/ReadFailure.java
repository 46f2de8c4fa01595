package io.triggerquery.consumer.internal.reading;

import java.time.Duration;

/**
 * The reason why a listener cannot read.
 *
 * @param lasting how long it has failed
 * @param cause the cause, as one line
 */
public record ReadFailure(Duration lasting, String cause) {}
