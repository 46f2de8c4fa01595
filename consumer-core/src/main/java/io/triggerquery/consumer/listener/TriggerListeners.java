package io.triggerquery.consumer.listener;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * All listeners of the application: put together when the beans have been made, closed with the application, long
 * after the containers have stopped.
 *
 * <p>No {@code Lifecycle}, although that would look natural: Spring stops a bean's dependents before it, and counts a
 * dependent that has stopped as if the bean itself had, so that the application would not wait for the containers.
 *
 * <p>Threads: the application's start and stop.
 */
public final class TriggerListeners implements SmartInitializingSingleton, DisposableBean {

    private final TriggerListenerPostProcessor methods;
    private final ListenerAssembly assembly;
    private final List<TriggerListener> listeners = new ArrayList<>();

    public TriggerListeners(TriggerListenerPostProcessor methods, ListenerAssembly assembly) {
        this.methods = methods;
        this.assembly = assembly;
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

    List<TriggerListener> startingByThemselves() {
        return listeners.stream().filter(TriggerListener::startsByItself).toList();
    }

    @Override
    public void destroy() {
        listeners.forEach(TriggerListener::close);
    }
}
