package io.triggerquery.producer.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The rows that wait to be sent. Time is the database's, so that instances need not agree on theirs.
 *
 * <p>A claim is a lease, not a lock: no transaction stays open while a row is being sent. A lease that runs out early
 * is harmless, because another relay then sends the trigger once more.
 */
public interface OutboxTable {

    /** Adds a row, within the calling thread's transaction if it has one. */
    void insert(String destination, String id);

    /** Leases up to {@code limit} rows that nobody holds, the oldest first. */
    List<OutboxRow> claim(String destination, int limit, Duration lease);

    /** Removes rows whose trigger has been sent. */
    void delete(List<Long> rowIds);

    /** Gives rows back at once. */
    void release(List<Long> rowIds);

    /** Keeps rows from being claimed for a while. */
    void putOff(List<Long> rowIds, Duration pause);

    /** Destinations that have rows but are not among those known; at most ten. */
    List<String> strays(Set<String> known);

    /** Counts the rows. */
    Backlog backlog();
}
