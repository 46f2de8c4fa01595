package io.triggerquery.consumer.engine;

import java.util.Comparator;
import java.util.List;

/**
 * Describes an engine.
 *
 * <p>Threads: guarded by the engine's lock.
 */
final class StatusReport {

    private StatusReport() {}

    static EngineStatus of(Assignments assignments, Load load, WorkQueue queue, int maxStuck) {
        List<EngineStatus.Partition> partitions = assignments.trackers().stream()
                .map(tracker -> new EngineStatus.Partition(tracker.partition(), tracker.watermark(), tracker.open()))
                .sorted(Comparator.comparing(partition -> partition.partition().toString()))
                .toList();
        return new EngineStatus(
                partitions,
                load.weight(),
                queue.lanes().ready(),
                queue.lanes().running(),
                queue.waitingRoom().waiting(),
                queue.lanes().held(),
                load.full(),
                queue.waitingRoom().crowded(),
                stuck(queue, maxStuck));
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
