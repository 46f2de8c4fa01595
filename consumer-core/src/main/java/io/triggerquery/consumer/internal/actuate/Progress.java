package io.triggerquery.consumer.internal.actuate;

import io.triggerquery.consumer.internal.engine.EngineStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Measures for how long the watermarks of a listener's partitions have not moved.
 *
 * <p>Only partitions with an open delivery count. Their watermark is that delivery's offset, so two updates with the
 * same watermark found the same delivery open, whatever happened in between.
 *
 * <p>Threads: one at a time. Bounds: one entry for each assigned partition.
 */
final class Progress {

    private final Map<TopicPartition, Observed> observedByPartition = new HashMap<>();

    private record Observed(long watermark, long since) {}

    /**
     * Updates the watermarks. Returns the partitions with an open delivery, each with the time since its watermark last
     * moved.
     *
     * @param nanoTime the current time of a monotonic clock, in nanoseconds
     */
    Map<String, Duration> update(EngineStatus now, long nanoTime) {
        Map<TopicPartition, Observed> before = Map.copyOf(observedByPartition);
        observedByPartition.clear();
        Map<String, Duration> unchanged = new TreeMap<>();
        for (EngineStatus.Partition partition : now.partitions()) {
            if (partition.open() > 0) {
                Observed previous = before.get(partition.partition());
                Observed current = previous != null && previous.watermark() == partition.watermark()
                        ? previous
                        : new Observed(partition.watermark(), nanoTime);
                observedByPartition.put(partition.partition(), current);
                unchanged.put(partition.partition().toString(), Duration.ofNanos(nanoTime - current.since()));
            }
        }
        return unchanged;
    }
}
