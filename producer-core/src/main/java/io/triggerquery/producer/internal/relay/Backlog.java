package io.triggerquery.producer.internal.relay;

import java.time.Duration;

/**
 * The number and age of the triggers in a store.
 *
 * @param pending the number of entries that wait to be sent, without parked ones
 * @param oldestAge the age of the oldest pending entry; zero if there is none
 * @param parked the number of entries that were refused and wait for an operator
 */
public record Backlog(long pending, Duration oldestAge, long parked) {}
