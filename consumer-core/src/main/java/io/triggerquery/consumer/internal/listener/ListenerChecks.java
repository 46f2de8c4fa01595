package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.internal.engine.EngineStatus;
import io.triggerquery.consumer.internal.engine.IdStatus;
import io.triggerquery.consumer.internal.kafka.GroupOffsets.Position;
import io.triggerquery.consumer.internal.kafka.RegisteredListener;
import io.triggerquery.consumer.internal.monitor.GroupProgress;
import io.triggerquery.consumer.internal.monitor.MonitoredWork;
import io.triggerquery.consumer.internal.resync.Resync;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The work of a listener, for its monitor.
 *
 * @param source returns the state of its source
 */
record ListenerChecks(
        ListenerDefinition definition,
        RegisteredListener registered,
        Resync resync,
        Supplier<ListenerReport.Source> source)
        implements MonitoredWork {

    @Override
    public boolean hasRoom() {
        EngineStatus status = registered.engine().status(0);
        return registered.container().isRunning()
                && !registered.container().isPauseRequested()
                && !status.held()
                && !status.full()
                && status.suspended() == null
                && source.get().circuit().equals("CLOSED");
    }

    @Override
    public boolean isOwner() {
        return resync.isOwner();
    }

    @Override
    public IdStatus find(String id) {
        return registered.engine().find(id);
    }

    @Override
    public boolean isPaused(String id) {
        return registered.control().fleet().pauseOf(definition.id(), id) != null;
    }

    @Override
    public boolean request(String id, OptionalLong version) {
        return resync.repair(id, version);
    }

    @Override
    public @Nullable GroupProgress progress() {
        List<String> topics = new ArrayList<>(definition.topics());
        topics.add(registered.retryTopic());
        // before the offsets, so that what is settled meanwhile counts as open
        Map<TopicPartition, Long> settledHere = registered.engine().status(0).partitions().stream()
                .collect(Collectors.toMap(EngineStatus.Partition::partition, EngineStatus.Partition::watermark));
        Map<TopicPartition, Position> positions =
                registered.offsets().ofTopics(topics).join();
        return positions.isEmpty() ? null : progress(settledHere, positions, registered.retryTopic());
    }

    static GroupProgress progress(
            Map<TopicPartition, Long> settledHere, Map<TopicPartition, Position> positions, String retryTopic) {
        Map<TopicPartition, Long> settled = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        boolean nothingDeferred = true;
        for (Map.Entry<TopicPartition, Position> entry : positions.entrySet()) {
            TopicPartition partition = entry.getKey();
            long end = entry.getValue().end();
            Long committed = entry.getValue().committed();
            long reached = Math.max(committed == null ? -1 : committed, settledHere.getOrDefault(partition, -1L));
            if (partition.topic().equals(retryTopic)) {
                nothingDeferred &= end == 0 || reached >= end;
            } else {
                ends.put(partition, end);
                settled.put(partition, reached);
            }
        }
        return new GroupProgress(settled, ends, nothingDeferred);
    }
}
