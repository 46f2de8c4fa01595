package io.triggerquery.consumer.internal.resync;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.TriggerEngine;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * The engine of a listener as a {@link ResyncTarget}. The group gives partition 0 of the topic to one instance, which
 * is a lock that costs nothing.
 *
 * @param clock for the moment from which staleness is measured
 */
record EngineTarget(TriggerEngine engine, String topic, InstantSource clock) implements ResyncTarget {

    @Override
    public boolean isOurs() {
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
