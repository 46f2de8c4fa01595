package io.triggerquery.producer.internal.relay;

import java.time.Duration;

/**
 * Settings of a relay.
 *
 * @param pollInterval the interval between passes if the relay is not woken up
 * @param batchSize the number of entries of a claim
 * @param lease the length of a claim; longer than the longest send, or every slow send is made twice
 * @param schedule the pauses before a destination that cannot be reached, or an entry that failed, is tried again
 * @param drainPerSecond the number of triggers a second that are sent of a backlog after an outage: each of them causes
 *     a query to the service that published it
 * @param drainOnStop how long a stop continues to send what is due; zero for a store that outlives the process
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

    /** Rejects values that are out of range. */
    public RelaySettings {
        if (pollInterval.toMillis() < 1 || batchSize < 1 || lease.toMillis() < 1 || drainPerSecond < 1) {
            throw new IllegalArgumentException(
                    "The poll interval and the lease must be at least 1 ms, batch size and drain rate at least 1");
        }
    }
}
