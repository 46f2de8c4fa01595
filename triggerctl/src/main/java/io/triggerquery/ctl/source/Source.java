package io.triggerquery.ctl.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place where triggers wait.
 *
 * <p>Threads: one. Failure: {@link SourceException}.
 */
public sealed interface Source extends AutoCloseable permits LogSource, OutboxSource, SpoolSource {

    /** Reads all triggers without changing the source. */
    Contents read();

    /** Checks for damage. Returns one sentence for each, in addition to the problems of {@link #read}. */
    default List<String> damage() {
        return List.of();
    }

    /** Returns the triggers that can be sent, and locks the source if that is needed to change it. */
    SendBatch outgoing();

    /**
     * Unparks triggers, so that they are sent again.
     *
     * @param id the id of the trigger; null for all of the destination
     * @return the number of unparked triggers
     */
    int unpark(String destination, @Nullable String id);

    @Override
    default void close() {}
}
