package io.triggerquery.producer.internal.relay;

import java.time.Duration;

/**
 * The number and age of the triggers in a store.
 *
 * @param pending how many entries wait to be sent, parked ones not among them
 * @param oldestAge the age of the oldest of these; zero if there is none
 * @param parked how many wait for an operator, because they were refused
 */
public record Backlog(long pending, Duration oldestAge, long parked) {}
