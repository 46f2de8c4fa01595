package io.triggerquery.consumer.internal.resync;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.TriggerEngine;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * The engine of a listener as a {@link ResyncTarget}. The consumer group assigns partition 0 of the topic to one
 * instance, so it serves as a lock.
 *
 * @param clock provides the time from which staleness is measured
 */
record EngineTarget(TriggerEngine engine, String topic, InstantSource clock) implements ResyncTarget {

    @Override
    public boolean isOwner() {
        return engine.holds(new TopicPartition(topic, 0));
    }

    @Override
    public void refresh(String id, OptionalLong version, boolean urgent) {
        engine.request(new Trigger(topic, id, version, clock.instant()), urgent);
    }

    @Override
    public int open() {
        return engine.requests();
    }
}
