package io.triggerquery.consumer.internal.metrics;

/**
 * The names under which a listener is observed.
 *
 * @param id the listener's id
 * @param source the name of its source
 */
public record ObservedListener(String id, String source) {}
