package io.triggerquery.consumer.internal.metrics;

import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.engine.TriggerEngine;
import io.triggerquery.consumer.internal.monitor.ConsistencyMonitor;
import io.triggerquery.consumer.internal.reading.ReadingListener;

/** Creates the observers of a listener. */
@FunctionalInterface
public interface ObserverFactory {

    /** Creates an observer of the listener's engine. */
    EngineListener observe(ObservedListener listener);

    /** Creates an observer of how the listener's consumers read. */
    default ReadingListener observeReading(ObservedListener listener) {
        return new ReadingListener() {};
    }

    /** Wraps the listener's query. */
    default <S> Query<S> wrap(ObservedListener listener, Query<S> query) {
        return query;
    }

    /** Wraps the listener's projection. */
    default <S> Projection<S> wrap(ObservedListener listener, Projection<S> projection) {
        return projection;
    }

    /** Called when the listener's engine has been created; it may be observed from now on. */
    default void created(ObservedListener listener, TriggerEngine engine) {}

    /** Called when the listener has a monitor; it may be observed from now on. */
    default void monitored(ObservedListener listener, ConsistencyMonitor monitor) {}

    /** Called when the listener's container has been registered. */
    default void registered(ObservedListener listener, ListenerState state) {}
}
