package io.triggerquery.consumer.internal.metrics;

import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.engine.TriggerEngine;
import io.triggerquery.consumer.internal.monitor.ConsistencyMonitor;
import io.triggerquery.consumer.internal.reading.ReadingListener;
import java.util.List;

/** Combines several factories. */
public final class CompositeObserverFactory implements ObserverFactory {

    private final List<ObserverFactory> factories;

    public CompositeObserverFactory(List<ObserverFactory> factories) {
        this.factories = List.copyOf(factories);
    }

    @Override
    public EngineListener observe(ObservedListener listener) {
        return new CompositeEngineListener(
                factories.stream().map(factory -> factory.observe(listener)).toList());
    }

    @Override
    public ReadingListener observeReading(ObservedListener listener) {
        return new CompositeReadingListener(factories.stream()
                .map(factory -> factory.observeReading(listener))
                .toList());
    }

    @Override
    public <S> Query<S> wrap(ObservedListener listener, Query<S> query) {
        Query<S> observed = query;
        for (ObserverFactory factory : factories) {
            observed = factory.wrap(listener, observed);
        }
        return observed;
    }

    @Override
    public <S> Projection<S> wrap(ObservedListener listener, Projection<S> projection) {
        Projection<S> observed = projection;
        for (ObserverFactory factory : factories) {
            observed = factory.wrap(listener, observed);
        }
        return observed;
    }

    @Override
    public void created(ObservedListener listener, TriggerEngine engine) {
        factories.forEach(factory -> factory.created(listener, engine));
    }

    @Override
    public void monitored(ObservedListener listener, ConsistencyMonitor monitor) {
        factories.forEach(factory -> factory.monitored(listener, monitor));
    }

    @Override
    public void registered(ObservedListener listener, ListenerState state) {
        factories.forEach(factory -> factory.registered(listener, state));
    }
}
