package io.triggerquery.consumer.engine;

import org.jspecify.annotations.Nullable;

/** A delivery that is not settled, and what may be acknowledged once it is the oldest such in its partition. */
final class OpenDelivery {

    private final OffsetTracker tracker;
    private final Delivery delivery;
    private final @Nullable Delivery below;

    OpenDelivery(OffsetTracker tracker, Delivery delivery, @Nullable Delivery below) {
        this.tracker = tracker;
        this.delivery = delivery;
        this.below = below;
    }

    /** The assignment under which it arrived. */
    OffsetTracker tracker() {
        return tracker;
    }

    Delivery delivery() {
        return delivery;
    }

    /** The delivery that came just before it, or null if it was the first of its assignment. */
    @Nullable
    Delivery below() {
        return below;
    }
}
