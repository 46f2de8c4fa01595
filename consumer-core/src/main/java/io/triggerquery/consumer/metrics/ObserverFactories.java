package io.triggerquery.consumer.metrics;

import io.triggerquery.consumer.engine.EngineListener;
import io.triggerquery.consumer.engine.TriggerEngine;
import java.util.List;

/** Several factories as one. */
public final class ObserverFactories implements ObserverFactory {

    private final List<ObserverFactory> factories;

    public ObserverFactories(List<ObserverFactory> factories) {
        this.factories = List.copyOf(factories);
    }

    @Override
    public EngineListener observe(String listenerId) {
        return new Observers(
                factories.stream().map(factory -> factory.observe(listenerId)).toList());
    }

    @Override
    public void made(String listenerId, TriggerEngine engine) {
        factories.forEach(factory -> factory.made(listenerId, engine));
    }
}
