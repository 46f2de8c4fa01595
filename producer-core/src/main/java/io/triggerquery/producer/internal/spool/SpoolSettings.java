package io.triggerquery.producer.internal.spool;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of a spool.
 *
 * @param directory where the file lies: on a local disk, never on a network file system, and of this process alone
 * @param maxEntries how many different ids may wait; one more is rejected
 * @param maxBytes how large the file may become, at least 64 KiB; its log adds as much again or 16 MiB, whichever is more,
 *     and its reserve 4 MiB
 * @param writeTimeout how long a caller waits for the disk; as long again for every {@link #IDS_PER_TIMEOUT} ids
 * @param intent whether a trigger is on disk before the commit of its transaction
 * @param intentDelay how long after a start a trigger waits whose transaction nobody saw end: the database may still be
 *     committing it
 */
public record SpoolSettings(
        Path directory, int maxEntries, long maxBytes, Duration writeTimeout, boolean intent, Duration intentDelay) {

    static final String PROPERTIES = "triggerquery.producer.disk-queue.";

    /** So many ids in one transaction double the time that the disk is given for them. */
    static final int IDS_PER_TIMEOUT = 10_000;

    private static final long LEAST_BYTES = 64 * 1024;

    /** How long a caller waits for so many ids. */
    Duration writeTimeout(int ids) {
        return writeTimeout.plus(writeTimeout.multipliedBy(ids).dividedBy(IDS_PER_TIMEOUT));
    }

    /** Refuses what cannot work. */
    public SpoolSettings {
        if (maxEntries < 1) {
            throw new IllegalArgumentException(PROPERTIES + "max-entries is at least 1");
        }
        if (maxBytes < LEAST_BYTES) {
            throw new IllegalArgumentException(PROPERTIES + "max-size is at least 64KB");
        }
        if (writeTimeout.toMillis() < 1) {
            throw new IllegalArgumentException(PROPERTIES + "write-timeout is at least 1ms");
        }
        if (intentDelay.isNegative()) {
            throw new IllegalArgumentException(PROPERTIES + "intent-delay is not negative");
        }
    }
}
