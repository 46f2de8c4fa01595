package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Transactions whose outcome is not known. On disk they are still running, so that also after a restart their triggers
 * are not sent before these can no longer commit.
 *
 * <p>Threads: any. Bounds: the queue's entries.
 */
final class InDoubtTransactions {

    private record Unsure(int transactions, long generation) {

        Unsure and(Unsure other) {
            return new Unsure(transactions + other.transactions, Math.max(generation, other.generation));
        }
    }

    private final Map<Key, Unsure> unsure = new ConcurrentHashMap<>();

    void add(Key key, int transactions, long generation) {
        unsure.merge(key, new Unsure(transactions, generation), Unsure::and);
    }

    /** How many of them this send came after: it was not claimed before their time was over. */
    int over(Claimed sent) {
        Key key = sent.trigger().key();
        @Nullable Unsure known = unsure.get(key);
        return known != null && known.generation() <= sent.generation() && unsure.remove(key, known)
                ? known.transactions()
                : 0;
    }
}
