package io.triggerquery.consumer.internal.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Estimates for how many seconds the work of a listener in this process lasts: what is left, divided by the rate at
 * which deliveries are settled.
 *
 * <p>The rate is measured between two readings, and smoothed over a minute. It is the rate while there is work: while
 * less is left than all rounds need, the listener is not at its limit, and a reading can only raise it. So the rate
 * outlasts idle times.
 *
 * <p>The value is 0 if nothing is left; at most {@value #MAX_SECONDS}, which is also the value if nothing is settled
 * any more; and NaN, so unknown, while the listener is suspended, held or paused, and until the rate has been measured.
 *
 * <p>Threads: any. Bounds: asks the broker every 5 s at most by default, and only when the value is read. Failure: the
 * value is NaN if the broker has not answered for 2 min.
 */
public final class WorkLeft {

    static final double MAX_SECONDS = 86_400;

    private static final Duration MIN_INTERVAL = Duration.ofSeconds(5);
    private static final long MAX_INTERVAL_NANOS = Duration.ofMinutes(2).toNanos();
    private static final double SMOOTHING_NANOS = Duration.ofMinutes(1).toNanos();
    private static final double NANOS_PER_SECOND = 1e9;

    private final Source source;
    private final LongSupplier nanoTime;
    private final long intervalNanos;
    private boolean asking;
    private @Nullable Sample last;
    private long lastAt;
    private double perSecond = Double.NaN;

    /** Observes a listener. */
    public interface Source {

        /** Returns whether it works: not suspended, held or paused. */
        boolean works();

        /** Returns the number of rounds that it runs at the same time. */
        int parallelism();

        /** Returns what is left and settled, or null if it is unknown. */
        CompletionStage<@Nullable Sample> sample();
    }

    /**
     * What is left and settled.
     *
     * @param left the number of records that are not settled, without failing ids that wait
     * @param settled for each partition, a number that grows by one with each settled record
     */
    public record Sample(long left, Map<TopicPartition, Long> settled) {

        private long progressSince(Sample before) {
            return settled.entrySet().stream()
                    .mapToLong(now -> {
                        Long then = before.settled.get(now.getKey());
                        return then == null ? 0 : Math.max(0, now.getValue() - then);
                    })
                    .sum();
        }
    }

    /**
     * Creates an estimate that knows nothing yet.
     *
     * @param nanoTime a monotonic clock, in nanoseconds
     */
    public WorkLeft(Source source, LongSupplier nanoTime) {
        this(source, nanoTime, MIN_INTERVAL);
    }

    /**
     * Creates an estimate that knows nothing yet.
     *
     * @param interval the least time from one question to the broker to the next while the estimate is known; 5 s to a
     *     minute
     */
    public WorkLeft(Source source, LongSupplier nanoTime, Duration interval) {
        this.source = source;
        this.nanoTime = nanoTime;
        this.intervalNanos = interval.toNanos();
    }

    /** Returns the estimate, and updates it for the next call if it is older than the interval. */
    public synchronized double seconds() {
        if (!source.works()) {
            last = null;
            return Double.NaN;
        }
        long pause = Double.isNaN(estimate()) ? MIN_INTERVAL.toNanos() : intervalNanos;
        if (!asking && (last == null || nanoTime.getAsLong() - lastAt >= pause)) {
            asking = true;
            source.sample().whenComplete((sample, failure) -> answered(sample));
        }
        return estimate();
    }

    private double estimate() {
        if (last == null || nanoTime.getAsLong() - lastAt > MAX_INTERVAL_NANOS) {
            return Double.NaN;
        }
        if (last.left() == 0) {
            return 0;
        }
        return Double.isNaN(perSecond) ? Double.NaN : Math.min(MAX_SECONDS, last.left() / perSecond);
    }

    private synchronized void answered(@Nullable Sample sample) {
        asking = false;
        if (sample == null) {
            return;
        }
        long now = nanoTime.getAsLong();
        if (last != null && now > lastAt && now - lastAt <= MAX_INTERVAL_NANOS) {
            measure(last, sample, now - lastAt);
        }
        last = sample;
        lastAt = now;
    }

    private void measure(Sample before, Sample now, long nanos) {
        double measured = now.progressSince(before) * NANOS_PER_SECOND / nanos;
        boolean isAtLimit = Math.min(before.left(), now.left()) >= source.parallelism();
        if (Double.isNaN(perSecond)) {
            perSecond = isAtLimit || measured > 0 ? measured : Double.NaN;
        } else if (isAtLimit || measured > perSecond) {
            perSecond += (1 - Math.exp(-nanos / SMOOTHING_NANOS)) * (measured - perSecond);
        }
    }
}
