package io.triggerquery.consumer.internal.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.triggerquery.consumer.internal.metrics.ListenerState.PartitionOffsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Gauges of each partition of a listener in this process: its watermark and its lag. The gauges of a partition that is
 * revoked are removed, so that two instances do not report the same partition.
 *
 * <p>The gauge {@code triggerquery.partitions} is the number of these partitions. Reading it updates the others, for
 * the next reading.
 *
 * <p>Threads: any. Bounds: two gauges for each partition; asks the broker every 5 s at most. Failure: gauges of
 * partitions whose offsets the broker does not tell are removed until it does.
 */
final class PartitionGauges {

    private static final long MIN_INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

    private final ListenerState listener;
    private final LongSupplier nanoTime;
    private final MultiGauge watermarks;
    private final MultiGauge lags;
    private final Map<TopicPartition, PartitionOffsets> offsets = new ConcurrentHashMap<>();
    private boolean asking;
    private long nextAt;

    PartitionGauges(MeterRegistry registry, String listenerId, ListenerState listener, LongSupplier nanoTime) {
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.nextAt = nanoTime.getAsLong();
        this.watermarks = MultiGauge.builder("triggerquery.watermark")
                .tag("listener", listenerId)
                .register(registry);
        this.lags = MultiGauge.builder("triggerquery.lag")
                .tag("listener", listenerId)
                .register(registry);
        Gauge.builder("triggerquery.partitions", this, PartitionGauges::count)
                .tag("listener", listenerId)
                .strongReference(true)
                .register(registry);
    }

    /** Returns the number of partitions, and updates it for the next call if it is older than 5 s. */
    private double count() {
        if (isDue()) {
            listener.partitions()
                    .whenComplete((partitions, failure) -> update(failure == null ? partitions : List.of()));
        }
        return offsets.size();
    }

    private synchronized boolean isDue() {
        if (asking || nanoTime.getAsLong() - nextAt < 0) {
            return false;
        }
        asking = true;
        return true;
    }

    private synchronized void update(List<PartitionOffsets> partitions) {
        asking = false;
        nextAt = nanoTime.getAsLong() + MIN_INTERVAL_NANOS;
        Map<TopicPartition, PartitionOffsets> current =
                partitions.stream().collect(Collectors.toMap(PartitionOffsets::partition, Function.identity()));
        offsets.putAll(current);
        offsets.keySet().retainAll(current.keySet());
        register(watermarks, partitions, PartitionOffsets::watermark);
        register(lags, partitions, PartitionOffsets::lag);
    }

    /** Does not replace a gauge that is registered: between removal and registration it would be missing. */
    private void register(
            MultiGauge gauges, List<PartitionOffsets> partitions, ToLongFunction<PartitionOffsets> value) {
        gauges.register(
                partitions.stream()
                        .map(partition -> MultiGauge.Row.of(tags(partition), () -> value(partition.partition(), value)))
                        .toList(),
                false);
    }

    private double value(TopicPartition partition, ToLongFunction<PartitionOffsets> value) {
        PartitionOffsets known = offsets.get(partition);
        return known == null ? Double.NaN : value.applyAsLong(known);
    }

    private static Tags tags(PartitionOffsets offsets) {
        TopicPartition partition = offsets.partition();
        return Tags.of(
                "topic", partition.topic(),
                "partition", String.valueOf(partition.partition()),
                "retry", String.valueOf(offsets.retry()));
    }
}
