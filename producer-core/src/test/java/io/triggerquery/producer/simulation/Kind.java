package io.triggerquery.producer.simulation;

/** The strategies that are simulated. */
enum Kind {
    RETRY,
    MEMORY,
    DISK,
    DISK_WITH_INTENT,
    OUTBOX;

    /** Whether it keeps triggers in the business database, so that each is sent if, and only if, it was committed. */
    boolean inTable() {
        return this == OUTBOX;
    }

    boolean onDisk() {
        return this == DISK || this == DISK_WITH_INTENT;
    }
}
