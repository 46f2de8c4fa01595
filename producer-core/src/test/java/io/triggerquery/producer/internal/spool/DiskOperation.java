package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;

/** A system call of SQLite, or an event that the test has recorded between the calls. */
sealed interface DiskOperation {

    record Write(String file, long offset, byte[] bytes) implements DiskOperation {}

    record Truncate(String file, long length) implements DiskOperation {}

    /** All earlier writes to the file are on disk. For a directory: its files exist. */
    record Sync(String file) implements DiskOperation {}

    /** From here on the disk must have this generation of the trigger, or a later one. */
    record Promised(OutgoingTrigger.Key key, long generation) implements DiskOperation {}

    /** From here on this generation of the trigger may be missing. */
    record Released(OutgoingTrigger.Key key, long generation) implements DiskOperation {}
}
