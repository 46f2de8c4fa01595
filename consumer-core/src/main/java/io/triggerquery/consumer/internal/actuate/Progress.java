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
 * <p>Only partitions with an open delivery count. The watermark is then that delivery's offset, so two looks that find
 * the same one have found the same delivery still open, whatever happened in between.
 *
 * <p>Threads: one at a time. Bounds: one entry for each assigned partition.
 */
final class Progress {

    private final Map<TopicPartition, Seen> standing = new HashMap<>();

    private record Seen(long watermark, long since) {}

    /**
     * Looks, and returns the partitions that stand still, each with the time for which it has done so.
     *
     * @param nanoTime now, by a monotonic clock
     */
    Map<String, Duration> look(EngineStatus now, long nanoTime) {
        Map<TopicPartition, Seen> before = Map.copyOf(standing);
        standing.clear();
        Map<String, Duration> still = new TreeMap<>();
        for (EngineStatus.Partition partition : now.partitions()) {
            if (partition.open() > 0) {
                Seen seen = before.get(partition.partition());
                Seen kept = seen != null && seen.watermark() == partition.watermark()
                        ? seen
                        : new Seen(partition.watermark(), nanoTime);
                standing.put(partition.partition(), kept);
                still.put(partition.partition().toString(), Duration.ofNanos(nanoTime - kept.since()));
            }
        }
        return still;
    }
}
