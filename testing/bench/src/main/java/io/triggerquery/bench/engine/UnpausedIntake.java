package io.triggerquery.bench.engine;

import io.triggerquery.consumer.internal.engine.Intake;
import java.util.Collection;
import org.apache.kafka.common.TopicPartition;

/** A flow control that never pauses: the benchmark itself limits the pending triggers. */
final class UnpausedIntake implements Intake {

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        throw new IllegalStateException("the limit of pending triggers is too low");
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {}
}
