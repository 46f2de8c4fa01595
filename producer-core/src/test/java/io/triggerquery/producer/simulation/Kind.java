package io.triggerquery.producer.simulation;

/** The simulated strategies. */
enum Kind {
    RETRY,
    MEMORY,
    DISK,
    DISK_WITH_INTENT,
    OUTBOX;

    /** Whether triggers are kept in the business database, and so sent if and only if their transaction commits. */
    boolean inTable() {
        return this == OUTBOX;
    }

    boolean onDisk() {
        return this == DISK || this == DISK_WITH_INTENT;
    }
}
