package io.triggerquery.producer.internal.relay;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Triggers to be sent, in memory or in a table.
 *
 * <p>A claim is a lease, not a lock: it only makes the entry due later. A lease that runs out early is harmless, because
 * the trigger is then sent once more.
 *
 * <p>Threads: the claims are the relay's, everything may be called from any. Failure: what the store can't do is
 * thrown; the relay then leaves it alone for a while.
 */
public interface TriggerStore {

    /** Leases up to {@code limit} entries that are due, those that have been due longest first. */
    List<Claimed> claim(String destination, int limit, Duration lease);

    /** Forgets entries that were sent; one whose generation has grown since its claim is due again at once. */
    void done(List<Claimed> sent);

    /** Gives entries back that were not tried. */
    void release(List<Claimed> untried);

    /** Keeps entries whose send failed from being claimed for a while, and counts the attempt. */
    void putOff(List<Claimed> failed, Duration pause);

    /** Keeps entries from being claimed until an operator {@linkplain #unpark unparks} them. */
    void park(List<Claimed> refused, String reason);

    /** How many entries each destination has that is not among those known; at most ten destinations. */
    Map<String, Long> strays(Set<String> known);

    /** Counts the entries. */
    Backlog backlog();

    /** Up to {@code limit} entries, parked ones first, then the oldest. */
    List<WaitingTrigger> list(int limit);

    /**
     * Makes entries that are put off due now. Parked ones stay, and so do those that may not be sent yet.
     *
     * @param id the one to hurry, or null for all of the destination
     * @return how many
     */
    int retry(String destination, @Nullable String id);

    /**
     * Lets parked entries be tried again.
     *
     * @param id the one to unpark, or null for all of the destination
     * @return how many
     */
    int unpark(String destination, @Nullable String id);
}
