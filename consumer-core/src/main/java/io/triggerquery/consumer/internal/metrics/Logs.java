package io.triggerquery.consumer.internal.metrics;

import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.monitor.ConsistencyMonitor;
import io.triggerquery.consumer.internal.reading.ReadingListener;

/** Creates the log listeners; see {@link LoggingListener}. */
public final class Logs implements ObserverFactory {

    @Override
    public EngineListener observe(ObservedListener listener) {
        return new LoggingListener(listener.id());
    }

    @Override
    public ReadingListener observeReading(ObservedListener listener) {
        return new LoggingReading(listener.id());
    }

    @Override
    public void monitored(ObservedListener listener, ConsistencyMonitor monitor) {
        monitor.add(new LoggingMonitor(listener.id(), System::nanoTime));
    }
}
