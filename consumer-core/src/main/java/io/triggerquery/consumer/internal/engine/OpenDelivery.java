package io.triggerquery.consumer.internal.engine;

import org.jspecify.annotations.Nullable;

/** A delivery that is not settled. */
final class OpenDelivery extends IntrusiveList.Link<OpenDelivery> {

    private static final long BYTES_PER_UNIT = 1024;

    private final OffsetTracker tracker;
    private final Delivery delivery;
    private final @Nullable Delivery below;
    private final long arrivedAt;

    OpenDelivery(OffsetTracker tracker, Delivery delivery, @Nullable Delivery below, long arrivedAt) {
        this.tracker = tracker;
        this.delivery = delivery;
        this.below = below;
        this.arrivedAt = arrivedAt;
    }

    /** Returns the tracker of the assignment under which it arrived. */
    OffsetTracker tracker() {
        return tracker;
    }

    Delivery delivery() {
        return delivery;
    }

    /** Returns the time of arrival, on the engine's clock. */
    long arrivedAt() {
        return arrivedAt;
    }

    /**
     * Returns whether its trigger has a higher version. A trigger without a version counts as the highest, since only a
     * new query settles it.
     */
    boolean requiresMoreThan(OpenDelivery other) {
        return version() > other.version();
    }

    private long version() {
        return delivery.work() instanceof Work.Refresh refresh
                ? refresh.trigger().version().orElse(Long.MAX_VALUE)
                : Long.MAX_VALUE;
    }

    /**
     * Returns the delivery before it, or null if it is the first of its assignment or was read again after a rewind.
     */
    @Nullable
    Delivery below() {
        return below;
    }

    /**
     * Returns its weight against {@link EngineSettings.Limits#maxPending()}: 1, and 1 more for each kilobyte that it
     * keeps in memory, which includes its predecessor's record.
     */
    long weight() {
        long bytes = delivery.bytes() + (below == null ? 0 : below.bytes());
        return 1 + bytes / BYTES_PER_UNIT;
    }
}
