package io.triggerquery.consumer.projection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Receives the rows that a {@link TableProjection} has changed, in the transaction that changes them, for example to
 * publish triggers. A bean of this type is called for the projections of its type argument.
 *
 * <pre>{@code
 * @Bean
 * ProjectionChangeListener<Billing> onward(TriggerPublisher triggers) {
 *     return changes -> changes.forEach(change -> triggers.publish("payment-changed", change.id()));
 * }
 * }</pre>
 *
 * <p>An older or equal state changes no row. If the listener throws, the
 * transaction is rolled back, and the round is repeated. Only with a bean of this type are the rows read before they
 * are written, and locked.
 *
 * <p>Threads: workers, several at a time, but one at a time for an id.
 *
 * @param <S> the record
 */
@FunctionalInterface
public interface ProjectionChangeListener<S> {

    /**
     * A changed row.
     *
     * @param id the id
     * @param before the row before, or null if there was none, or only that of a deleted id
     * @param after the row now, or null if it has been deleted
     */
    record Change<S>(
            String id, @Nullable S before, @Nullable S after) {}

    /**
     * Called after the rows of a round have been written, and before the transaction is committed.
     *
     * @param changes at least one, in the order of their ids
     */
    void changed(List<Change<S>> changes);
}
