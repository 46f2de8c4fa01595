package io.triggerquery.consumer.internal.reading;

import java.time.Duration;

/**
 * The reason why a listener cannot read.
 *
 * @param lasting for how long
 * @param cause why, as one line
 */
public record ReadFailure(Duration lasting, String cause) {}
