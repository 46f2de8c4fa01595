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

    /** The assignment under which it arrived. */
    OffsetTracker tracker() {
        return tracker;
    }

    Delivery delivery() {
        return delivery;
    }

    /** When it arrived, on the engine's clock. */
    long arrivedAt() {
        return arrivedAt;
    }

    /** Whether its trigger is for a higher version. One without a version asks for most: no state settles it but a new. */
    boolean asksForMoreThan(OpenDelivery other) {
        return version() > other.version();
    }

    private long version() {
        return delivery.work() instanceof Work.Refresh refresh
                ? refresh.trigger().version().orElse(Long.MAX_VALUE)
                : Long.MAX_VALUE;
    }

    /** The delivery that came just before it, or null if it was the first of its assignment. */
    @Nullable
    Delivery below() {
        return below;
    }

    /**
     * Its share of {@link EngineSettings.Limits#maxPending()}: one, and one more for each kilobyte that it keeps in memory,
     * which includes its predecessor's record.
     */
    long weight() {
        long bytes = delivery.bytes() + (below == null ? 0 : below.bytes());
        return 1 + bytes / BYTES_PER_UNIT;
    }
}
