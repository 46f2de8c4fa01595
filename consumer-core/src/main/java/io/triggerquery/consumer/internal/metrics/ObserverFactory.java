package io.triggerquery.consumer.internal.metrics;

import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.TriggerEngine;
import io.triggerquery.consumer.internal.reading.ReadingListener;

/** Creates the observers of a listener. */
@FunctionalInterface
public interface ObserverFactory {

    /** Sees what the listener's engine does. */
    EngineListener observe(ObservedListener listener);

    /** Sees how the listener's consumers read. */
    default ReadingListener observeReading(ObservedListener listener) {
        return new ReadingListener() {};
    }

    /** Puts itself around the listener's query. */
    default <S> Query<S> around(ObservedListener listener, Query<S> query) {
        return query;
    }

    /** Puts itself around the listener's projection. */
    default <S> Projection<S> around(ObservedListener listener, Projection<S> projection) {
        return projection;
    }

    /** The listener's engine has been made, and can be looked at from now on. */
    default void made(ObservedListener listener, TriggerEngine engine) {}
}
