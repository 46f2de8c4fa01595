package io.triggerquery.producer.internal.spool;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of a spool.
 *
 * @param directory the directory of the file: on a local disk, never on a network file system, and used by this process
 *     only
 * @param maxEntries the highest number of different ids; one more is rejected
 * @param maxBytes the highest size of the file, at least 64 KiB; its log adds the same or 16 MiB, whichever is more,
 *     and its reserve 4 MiB
 * @param writeTimeout how long a caller waits for the disk; the same again for every {@link #IDS_PER_TIMEOUT} ids
 * @param intent whether a trigger is on disk before the commit of its transaction
 * @param intentDelay how long after a start a trigger waits if the end of its transaction was not seen: the database
 *     may still be committing it
 */
public record SpoolSettings(
        Path directory, int maxEntries, long maxBytes, Duration writeTimeout, boolean intent, Duration intentDelay) {

    static final String PROPERTIES = "triggerquery.producer.disk-queue.";

    /** The number of ids in one transaction that doubles the write timeout. */
    static final int IDS_PER_TIMEOUT = 10_000;

    private static final long MIN_BYTES = 64 * 1024;

    /** Returns how long a caller waits for this number of ids. */
    Duration writeTimeout(int ids) {
        return writeTimeout.plus(writeTimeout.multipliedBy(ids).dividedBy(IDS_PER_TIMEOUT));
    }

    /** Rejects values that are out of range. */
    public SpoolSettings {
        if (maxEntries < 1) {
            throw new IllegalArgumentException(PROPERTIES + "max-entries must be at least 1");
        }
        if (maxBytes < MIN_BYTES) {
            throw new IllegalArgumentException(PROPERTIES + "max-size must be at least 64KB");
        }
        if (writeTimeout.toMillis() < 1) {
            throw new IllegalArgumentException(PROPERTIES + "write-timeout must be at least 1ms");
        }
        if (intentDelay.isNegative()) {
            throw new IllegalArgumentException(PROPERTIES + "intent-delay must not be negative");
        }
    }
}
