package io.triggerquery.bench.engine;

import io.triggerquery.consumer.internal.engine.Intake;
import java.util.Collection;
import org.apache.kafka.common.TopicPartition;

/** Nothing is ever paused: the benchmark itself says how much is pending. */
final class OpenIntake implements Intake {

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        throw new IllegalStateException("the limit of what may be pending is too low");
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {}
}
