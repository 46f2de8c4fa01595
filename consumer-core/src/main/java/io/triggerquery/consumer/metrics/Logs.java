package io.triggerquery.consumer.metrics;

import io.triggerquery.consumer.engine.EngineListener;
import io.triggerquery.consumer.reading.ReadingListener;

/** The log lines of each listener; see {@link LoggingListener}. */
public final class Logs implements ObserverFactory {

    @Override
    public EngineListener observe(ObservedListener listener) {
        return new LoggingListener(listener.id());
    }

    @Override
    public ReadingListener observeReading(ObservedListener listener) {
        return new LoggingReading(listener.id());
    }
}
