package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Transactions whose outcome is unknown. On disk they count as running, so that after a restart, too, their triggers
 * are not sent before they can no longer commit.
 *
 * <p>Threads: any. Bounds: the queue's entries.
 */
final class InDoubtTransactions {

    private record InDoubt(int transactions, long generation) {

        InDoubt and(InDoubt other) {
            return new InDoubt(transactions + other.transactions, Math.max(generation, other.generation));
        }
    }

    private final Map<Key, InDoubt> inDoubt = new ConcurrentHashMap<>();

    void add(Key key, int transactions, long generation) {
        inDoubt.merge(key, new InDoubt(transactions, generation), InDoubt::and);
    }

    /** Removes the transactions that could no longer commit when this send was claimed, and returns their number. */
    int removeExpired(Claimed sent) {
        Key key = sent.trigger().key();
        @Nullable InDoubt known = inDoubt.get(key);
        return known != null && known.generation() <= sent.generation() && inDoubt.remove(key, known)
                ? known.transactions()
                : 0;
    }
}
