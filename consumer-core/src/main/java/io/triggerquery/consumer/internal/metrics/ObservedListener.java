package io.triggerquery.consumer.internal.metrics;

/**
 * The names that identify a listener in observations.
 *
 * @param id the id of the listener
 * @param source the name of its source
 * @param group its consumer group
 */
public record ObservedListener(String id, String source, String group) {}
