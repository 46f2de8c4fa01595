package io.triggerquery.producer.internal.relay;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Triggers to be sent, in memory or in a table.
 *
 * <p>A claim is a lease, not a lock: it only makes the entry due later. A lease that ends too early is harmless: the
 * trigger is sent once more.
 *
 * <p>Threads: any; only the relay claims. Failure: throws; the relay then pauses.
 */
public interface TriggerStore {

    /** Claims up to {@code limit} due entries, those that have been due longest first. */
    List<Claimed> claim(String destination, int limit, Duration lease);

    /** Removes entries that were sent; one whose generation has increased since its claim is due again at once. */
    void done(List<Claimed> sent);

    /** Ends the claim of entries that were not tried. */
    void release(List<Claimed> untried);

    /** Makes entries whose send failed due after a pause, and counts the attempt. */
    void postpone(List<Claimed> failed, Duration pause);

    /** Parks entries until an operator {@linkplain #unpark unparks} them. */
    void park(List<Claimed> refused, String reason);

    /** Returns the number of entries of each destination that is not among the known ones; at most ten destinations. */
    Map<String, Long> countUnconfigured(Set<String> known);

    /** Counts the entries. */
    Backlog backlog();

    /** Returns up to {@code limit} entries, parked ones first, then the oldest. */
    List<WaitingTrigger> list(int limit);

    /**
     * Makes entries that are postponed due now, except parked ones and those that may not be sent yet.
     *
     * @param id the id to retry, or null for all of the destination
     * @return the number of these entries
     */
    int retry(String destination, @Nullable String id);

    /**
     * Makes parked entries due now.
     *
     * @param id the id to unpark, or null for all of the destination
     * @return the number of these entries
     */
    int unpark(String destination, @Nullable String id);
}
