package io.triggerquery.consumer.engine;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes an engine.
 *
 * <p>Threads: guarded by the engine's lock.
 */
final class StatusReport {

    private StatusReport() {}

    static EngineStatus of(Assignments assignments, Load load, WorkQueue queue, Judgement judgement, int maxStuck) {
        List<EngineStatus.Partition> partitions = assignments.trackers().stream()
                .map(tracker -> new EngineStatus.Partition(tracker.partition(), tracker.watermark(), tracker.open()))
                .sorted(Comparator.comparing(partition -> partition.partition().toString()))
                .toList();
        return new EngineStatus(
                partitions,
                load.weight(),
                queue.lanes().ready(),
                queue.lanes().running(),
                queue.retries().used(),
                queue.lanes().held() || judgement.suspended() != null,
                load.full(),
                queue.retries().nearlyFull(),
                suspended(judgement.suspended(), queue.now()),
                stuck(queue, maxStuck));
    }

    private static EngineStatus.@Nullable Suspended suspended(Suspension.@Nullable Active active, long now) {
        return active == null
                ? null
                : new EngineStatus.Suspended(Duration.ofNanos(now - active.since()), active.cause());
    }

    private static List<EngineStatus.Stuck> stuck(WorkQueue queue, int maxStuck) {
        if (maxStuck == 0) {
            return List.of();
        }
        long now = queue.now();
        return queue.items().stream()
                .filter(item -> item.failures() > 0)
                .map(item -> stuck(item, item.inTrouble(), now))
                .sorted(Comparator.comparing(EngineStatus.Stuck::failingFor).reversed())
                .limit(maxStuck)
                .toList();
    }

    private static EngineStatus.Stuck stuck(WorkItem item, Trouble trouble, long now) {
        return new EngineStatus.Stuck(item.work().name(), trouble.failures(), trouble.failingFor(now), trouble.cause());
    }
}
