package io.triggerquery.consumer.metrics;

import io.triggerquery.consumer.engine.EngineListener;

/** Makes the observer of each listener. */
@FunctionalInterface
public interface ObserverFactory {

    /** The observer of the listener with the given id. */
    EngineListener observe(String listenerId);
}
