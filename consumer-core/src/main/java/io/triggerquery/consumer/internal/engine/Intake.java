package io.triggerquery.consumer.internal.engine;

import java.util.Collection;
import org.apache.kafka.common.TopicPartition;

/** Pauses and resumes partitions while polling continues. Called by any thread, one call at a time. */
public interface Intake {

    void pause(Collection<TopicPartition> partitions);

    void resume(Collection<TopicPartition> partitions);
}
