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

    /** Tells nobody. */
    SpoolListener NONE = new SpoolListener() {};

    /** What is published is rejected for lack of room: told once, until there is some again. */
    default void full(String reason) {}

    /** The file was damaged: it lies here, and a new one is in use with what could be read. */
    default void damaged(Path quarantined) {}

    /** A program that reads the file for long has let its log grow to its bound; a new file is in use. */
    default void held() {}

    /** The disk can't be written, and what is published is rejected: told once, until it can. */
    default void failed(String reason) {}

    /** These were accepted into memory while the disk was slow, it has not taken them, and the queue is closed. */
    default void lost(List<WaitingTrigger> triggers) {}

    /** Triggers are accepted again. */
    default void recovered() {}
}
