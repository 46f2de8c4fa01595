package io.triggerquery.bench.peer;

import io.triggerquery.bench.id.PaymentIds;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Stores the version of each id by its number, and nothing else of the state.
 *
 * <p>Bounds: eight bytes for each id.
 */
final class MemoryProjection implements Projection {

    private final AtomicLongArray versions;

    /**
     * Creates a projection with version 0 of all ids.
     *
     * @param ids the largest number of an id
     */
    MemoryProjection(int ids) {
        this.versions = new AtomicLongArray(ids + 1);
    }

    @Override
    public void project(Billing billing) {
        int number = PaymentIds.number(billing.paymentId());
        long before = versions.get(number);
        while (before < billing.version() && !versions.compareAndSet(number, before, billing.version())) {
            before = versions.get(number);
        }
    }

    @Override
    public void project(List<Billing> billings) {
        billings.forEach(this::project);
    }

    /** Returns the version of an id, 0 if there is none. */
    long version(int number) {
        return versions.get(number);
    }

    @Override
    public void close() {}
}
