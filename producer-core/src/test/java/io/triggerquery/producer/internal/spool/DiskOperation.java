package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;

/** What SQLite asked the system to do, or what the test knew at that moment. */
sealed interface DiskOperation {

    record Write(String file, long offset, byte[] bytes) implements DiskOperation {}

    record Truncate(String file, long length) implements DiskOperation {}

    /** Everything written to the file before is on disk; of a directory, that its files exist. */
    record Sync(String file) implements DiskOperation {}

    /** A promise: this trigger is on disk in at least this generation. */
    record Promised(OutgoingTrigger.Key key, long generation) implements DiskOperation {}

    /** From here on this generation of the trigger may be gone. */
    record Released(OutgoingTrigger.Key key, long generation) implements DiskOperation {}
}
