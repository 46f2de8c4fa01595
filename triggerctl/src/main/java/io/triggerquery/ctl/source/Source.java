package io.triggerquery.ctl.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place where triggers wait.
 *
 * <p>Threads: one. Failure: {@link SourceException}.
 */
public sealed interface Source extends AutoCloseable permits LogSource, OutboxSource, SpoolSource {

    /** Reads everything; changes nothing. */
    Contents read();

    /** Looks for damage: what is wrong, one sentence each, beside what {@link #read} could not read. */
    default List<String> damage() {
        return List.of();
    }

    /** What can be sent. Takes what is needed to change the source. */
    SendBatch outgoing();

    /**
     * Lets parked triggers be tried again.
     *
     * @param id the one, or null for all of the destination
     * @return how many
     */
    int unpark(String destination, @Nullable String id);

    @Override
    default void close() {}
}
