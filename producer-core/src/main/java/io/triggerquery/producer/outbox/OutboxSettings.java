package io.triggerquery.producer.outbox;

import java.time.Duration;

/**
 * How the relay works.
 *
 * @param pollInterval how often the table is looked at when nobody wakes the relay
 * @param batchSize how many rows one claim takes
 * @param lease how long a claim lasts; longer than the longest send, else every slow send is made twice
 * @param maxPause the longest pause between two attempts while a destination can't be reached
 */
public record OutboxSettings(Duration pollInterval, int batchSize, Duration lease, Duration maxPause) {

    /** The lease outside tests. */
    public static final Duration LEASE = Duration.ofSeconds(30);

    /** Refuses what cannot work. */
    public OutboxSettings {
        if (pollInterval.toMillis() < 1 || batchSize < 1 || lease.toMillis() < 1 || maxPause.toMillis() < 1) {
            throw new IllegalArgumentException("durations are at least 1 ms, the batch size is at least 1");
        }
    }
}
