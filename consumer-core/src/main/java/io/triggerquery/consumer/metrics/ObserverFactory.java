package io.triggerquery.consumer.metrics;

import io.triggerquery.consumer.engine.EngineListener;
import io.triggerquery.consumer.engine.TriggerEngine;

/** Makes what observes a listener. */
@FunctionalInterface
public interface ObserverFactory {

    /** Sees what the engine of the listener with the given id does. */
    EngineListener observe(String listenerId);

    /** The listener's engine has been made, and can be looked at from now on. */
    default void made(String listenerId, TriggerEngine engine) {}
}
