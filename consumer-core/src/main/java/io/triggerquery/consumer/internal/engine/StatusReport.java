package io.triggerquery.consumer.internal.engine;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds an {@link EngineStatus}.
 *
 * <p>Threads: guarded by the engine's lock.
 */
final class StatusReport {

    private StatusReport() {}

    static EngineStatus of(
            Assignments assignments,
            PendingLimit pendingLimit,
            WorkQueue queue,
            ListenerThrottle throttle,
            int maxStuck) {
        List<EngineStatus.Partition> partitions = assignments.trackers().stream()
                .map(tracker -> new EngineStatus.Partition(tracker.partition(), tracker.watermark(), tracker.open()))
                .sorted(Comparator.comparing(partition -> partition.partition().toString()))
                .toList();
        return new EngineStatus(
                partitions,
                pendingLimit.weight(),
                queue.lanes().ready(),
                queue.lanes().running(),
                queue.retries().used(),
                throttle.held(),
                pendingLimit.full(),
                queue.retries().nearlyFull(),
                suspended(throttle.suspended(), queue.now()),
                IdLookup.stuck(queue, throttle, maxStuck).longest());
    }

    static EngineStatus.@Nullable Suspended suspended(Suspension.@Nullable Active active, long now) {
        return active == null
                ? null
                : new EngineStatus.Suspended(Duration.ofNanos(now - active.since()), active.cause());
    }
}
