package io.triggerquery.consumer.internal.actuate;

/**
 * What the answers of the endpoint contain.
 *
 * @param states whether states of the source are shown
 * @param errors whether messages of exceptions are shown, which can quote data
 */
public record Shown(boolean states, boolean errors) {}
