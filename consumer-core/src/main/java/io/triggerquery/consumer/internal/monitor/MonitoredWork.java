package io.triggerquery.consumer.internal.monitor;

import io.triggerquery.consumer.internal.engine.IdStatus;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The work of a listener.
 *
 * <p>Threads: the monitor's thread.
 */
public interface MonitoredWork {

    /** Returns whether the source can be queried: the listener reads, and is neither held, nor full, nor paused. */
    boolean hasRoom();

    /** Returns whether this instance checks what the source and the projection list. */
    boolean isOwner();

    /** Returns what is known of an id in this instance. */
    IdStatus find(String id);

    /** Returns whether an operator has paused an id. */
    boolean isPaused(String id);

    /** Returns how far the group has come, or null if the broker does not say so within a few seconds. */
    @Nullable
    GroupProgress progress();

    /**
     * Processes an id as if a trigger had been received, with a lower priority than live triggers.
     *
     * @param version the version that the source answered, if any
     * @return whether it was accepted; false while too many requests are open
     */
    boolean request(String id, OptionalLong version);
}
