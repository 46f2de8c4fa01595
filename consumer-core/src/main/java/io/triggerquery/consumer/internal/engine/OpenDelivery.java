package io.triggerquery.consumer.internal.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that is not settled, or a part of one: a record with several ids is divided into one part for each, and is
 * settled when all of them are.
 *
 * <p>Threads: guarded by the engine's lock.
 */
final class OpenDelivery extends IntrusiveList.Link<OpenDelivery> {

    private static final long BYTES_PER_UNIT = 1024;

    private final OffsetTracker tracker;
    private final Delivery delivery;
    private final @Nullable Delivery below;
    private final long arrivedAt;
    // its work says so too, but is no longer in the processor's cache when the delivery is settled
    private boolean undecoded;
    private @Nullable Parts parts;

    /** The parts of a divided record. */
    private static final class Parts {

        private final OpenDelivery whole;
        private int open;

        private Parts(OpenDelivery whole, int open) {
            this.whole = whole;
            this.open = open;
        }
    }

    OpenDelivery(OffsetTracker tracker, Delivery delivery, @Nullable Delivery below, long arrivedAt) {
        this.tracker = tracker;
        this.delivery = delivery;
        this.below = below;
        this.arrivedAt = arrivedAt;
        this.undecoded = delivery.work() instanceof Work.Undecoded;
    }

    private OpenDelivery(OpenDelivery whole, Parts parts, Work work, long arrivedAt) {
        Delivery of = whole.delivery;
        this.tracker = whole.tracker;
        this.delivery = new Delivery(of.partition(), of.offset(), work, 0, of.acknowledge());
        this.below = null;
        this.arrivedAt = arrivedAt;
        this.parts = parts;
    }

    /**
     * Divides it into parts with these works. It is settled when each of them is.
     *
     * @param now when the parts arrive, which for a record that was not decoded at first is later than the record
     */
    List<OpenDelivery> divide(List<Work> works, long now) {
        var shared = new Parts(this, works.size());
        parts = shared;
        undecoded = false;
        List<OpenDelivery> divided = new ArrayList<>(works.size());
        for (Work work : works) {
            divided.add(new OpenDelivery(this, shared, work, now));
        }
        return divided;
    }

    /** Returns whether its record is not decoded yet. */
    boolean isUndecoded() {
        return undecoded;
    }

    /** Settles it. Returns the delivery that has no open part now, or null if other parts of it are open. */
    @Nullable
    OpenDelivery settle() {
        if (parts == null) {
            return this;
        }
        parts.open--;
        return parts.open == 0 ? parts.whole : null;
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
     * Returns its weight against {@link EngineSettings.Limits#maxPending()}: 1 for each open part, and 1 more for each
     * kilobyte that it keeps in memory, which includes its predecessor's record.
     */
    long weight() {
        return undividedWeight() + (parts == null ? 0 : parts.open - 1);
    }

    /** Returns its weight while it has one part. */
    long undividedWeight() {
        long bytes = delivery.bytes() + (below == null ? 0 : below.bytes());
        return 1 + bytes / BYTES_PER_UNIT;
    }
}
