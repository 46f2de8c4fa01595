package io.triggerquery.producer.spi;

/**
 * A send that is observed with Micrometer.
 *
 * @param destination the name of the destination
 * @param topic its topic
 * @param id the id of the trigger
 */
public record TriggerSendObservation(String destination, String topic, String id) {}
