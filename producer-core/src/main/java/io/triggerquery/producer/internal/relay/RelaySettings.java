package io.triggerquery.producer.internal.relay;

import java.time.Duration;

/**
 * Settings of a relay.
 *
 * @param pollInterval how often the store is looked at when nobody wakes the relay
 * @param batchSize how many entries one claim takes
 * @param lease how long a claim lasts; longer than the longest send, else every slow send is made twice
 * @param schedule when a destination that can't be reached, and an entry that failed, is tried again
 * @param drainPerSecond how many triggers a second are sent after an outage until nothing is left of it: each of them
 *     is a query to the service that published them
 * @param drainOnStop how long a stop goes on sending what is due; zero for a store that outlives the process
 */
public record RelaySettings(
        Duration pollInterval,
        int batchSize,
        Duration lease,
        RetrySchedule schedule,
        int drainPerSecond,
        Duration drainOnStop) {

    /** The lease outside tests. */
    public static final Duration LEASE = Duration.ofSeconds(30);

    /** Refuses what cannot work. */
    public RelaySettings {
        if (pollInterval.toMillis() < 1 || batchSize < 1 || lease.toMillis() < 1 || drainPerSecond < 1) {
            throw new IllegalArgumentException("durations are at least 1 ms, batch size and drain rate at least 1");
        }
    }
}
