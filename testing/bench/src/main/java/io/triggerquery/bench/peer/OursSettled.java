package io.triggerquery.bench.peer;

import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.EngineStatus;
import io.triggerquery.consumer.internal.engine.RetryHistory;
import io.triggerquery.consumer.internal.engine.TriggerEngine;
import io.triggerquery.consumer.internal.engine.Work;
import io.triggerquery.consumer.internal.metrics.ObservedListener;
import io.triggerquery.consumer.internal.metrics.ObserverFactory;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;

/**
 * Counts the settled triggers: those that have arrived without those that are open. One projection may settle many
 * triggers of an id, so the number of projections would be too low. A trigger that was superseded or deferred to the
 * retry topic is settled too. Triggers that come back from the retry topic were counted when they first arrived.
 *
 * <p>The arrived triggers are read before the open ones, so the count is never too high. It is correct while the
 * partitions stay assigned.
 *
 * <p>Threads: any.
 */
final class OursSettled implements ObserverFactory {

    private final Progress progress;
    private final LongAdder arrived = new LongAdder();

    OursSettled(Progress progress) {
        this.progress = progress;
    }

    @Override
    public EngineListener observe(ObservedListener listener) {
        return new EngineListener() {
            @Override
            public void received(TopicPartition partition, Work work) {
                if (work instanceof Work.Refresh refresh && refresh.history().equals(RetryHistory.NONE)) {
                    arrived.increment();
                }
            }
        };
    }

    @Override
    public void created(ObservedListener listener, TriggerEngine engine) {
        progress.settledElsewhere(() -> {
            long before = arrived.sum();
            return Math.max(0, before - open(engine, listener.id()));
        });
    }

    private static long open(TriggerEngine engine, String topic) {
        return engine.status(0).partitions().stream()
                .filter(partition -> partition.partition().topic().equals(topic))
                .mapToLong(EngineStatus.Partition::open)
                .sum();
    }
}
