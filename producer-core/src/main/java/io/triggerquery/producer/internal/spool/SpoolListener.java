package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.relay.WaitingTrigger;
import java.nio.file.Path;
import java.util.List;

/**
 * Is notified of a spool's failures.
 *
 * <p>Threads: any. Failure: what it throws is logged and otherwise ignored.
 */
public interface SpoolListener {

    /** Does nothing. */
    SpoolListener NONE = new SpoolListener() {};

    /** Triggers are rejected because there is no room. Called once until there is room again. */
    default void full(String reason) {}

    /** The file was damaged and moved to this place; a new one with its readable rows is in use. */
    default void damaged(Path quarantined) {}

    /** A program that reads the file for a long time let its log grow to its bound; a new file is in use. */
    default void logTooLong() {}

    /** The disk cannot be written, and triggers are rejected. Called once until it can be written again. */
    default void failed(String reason) {}

    /**
     * These triggers were accepted into memory while the disk was slow and did not reach it before the queue was
     * closed.
     */
    default void lost(List<WaitingTrigger> triggers) {}

    /** Triggers are accepted again. */
    default void recovered() {}
}
