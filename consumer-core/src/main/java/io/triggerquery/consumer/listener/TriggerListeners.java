package io.triggerquery.consumer.listener;

import io.triggerquery.consumer.kafka.TopicCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/**
 * All listeners of the application: defined when the beans are made, checked before the containers start, closed with
 * the application, long after the containers have stopped.
 *
 * <p>Threads: the application's start and stop.
 */
public final class TriggerListeners implements SmartInitializingSingleton, SmartLifecycle, DisposableBean {

    private final TriggerListenerPostProcessor methods;
    private final ListenerAssembly assembly;
    private final TopicCheck topicCheck;
    private final KafkaListenerEndpointRegistry containers;
    private final List<TriggerListener> listeners = new ArrayList<>();
    private volatile boolean running;

    public TriggerListeners(
            TriggerListenerPostProcessor methods,
            ListenerAssembly assembly,
            TopicCheck topicCheck,
            KafkaListenerEndpointRegistry containers) {
        this.methods = methods;
        this.assembly = assembly;
        this.topicCheck = topicCheck;
        this.containers = containers;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Map<String, String> owners = new HashMap<>();
        for (AnnotatedMethod method : methods.found()) {
            ListenerDefinition definition = assembly.define(method);
            String owner = owners.putIfAbsent(definition.id(), method.name());
            if (owner != null) {
                throw new FailureAnalyzedException(
                        "Two trigger listeners have the id '" + definition.id() + "': " + owner + " and "
                                + method.name() + ".",
                        "Give one of them an id and a groupId of its own: in one group each would see only a part of"
                                + " the topic.");
            }
            listeners.add(assembly.assemble(definition));
        }
    }

    @Override
    public void start() {
        running = true;
        for (TriggerListener listener : listeners) {
            var container = containers.getListenerContainer(listener.id());
            if (container != null && container.isAutoStartup()) {
                topicCheck.check(listener.id(), listener.topic());
            }
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public void destroy() {
        listeners.forEach(TriggerListener::close);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Just before the containers start. */
    @Override
    public int getPhase() {
        return AbstractMessageListenerContainer.DEFAULT_PHASE - 1;
    }
}
