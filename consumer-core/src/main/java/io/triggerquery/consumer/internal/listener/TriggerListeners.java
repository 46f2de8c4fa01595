package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.internal.kafka.DeclaredTopics;
import io.triggerquery.consumer.internal.kafka.RegisteredListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * All listeners of the application: assembled when all beans exist, closed with the application after the containers
 * have stopped.
 *
 * <p>No {@code Lifecycle}, although that would look natural: Spring stops a bean's dependents before it, and counts a
 * dependent that has stopped as if the bean itself had, so that the application would not wait for the containers.
 *
 * <p>Threads: the application's start and stop; its operators' {@link #operations()}.
 */
public final class TriggerListeners implements SmartInitializingSingleton, DisposableBean {

    private final ConfigurableListableBeanFactory beans;
    private final TriggerListenerPostProcessor methods;
    private final ListenerAssembly assembly;
    private final List<TriggerListener> listeners = new CopyOnWriteArrayList<>();

    /**
     * Creates it without listeners.
     *
     * @param beans where the listeners are
     * @param methods has found most of them while the beans were made
     */
    public TriggerListeners(
            ConfigurableListableBeanFactory beans, TriggerListenerPostProcessor methods, ListenerAssembly assembly) {
        this.beans = beans;
        this.methods = methods;
        this.assembly = assembly;
    }

    @Override
    public void afterSingletonsInstantiated() {
        methods.complete(beans);
        Map<String, String> byId = new HashMap<>();
        Map<String, String> byPlace = new HashMap<>();
        List<ListenerDefinition> definitions = new ArrayList<>();
        for (AnnotatedMethod method : methods.found()) {
            ListenerDefinition definition = assembly.define(method);
            claim("the id '" + definition.id() + "'", byId, method);
            claim(definition.place(), byPlace, method);
            definitions.add(definition);
        }
        assembly.checkSources(definitions);
        definitions.forEach(definition -> listeners.add(assembly.assemble(definition)));
        assembly.complete();
    }

    private static void claim(String what, Map<String, String> claimed, AnnotatedMethod method) {
        String other = claimed.putIfAbsent(what, method.name());
        if (other != null) {
            throw new FailureAnalyzedException(
                    "Two trigger listeners have " + what + ": " + other + " and " + method.name() + ".",
                    "Give one of them an id and a groupId of its own: in one group each would see only a part of the"
                            + " topic.");
        }
    }

    /** The listeners, for operators; empty before all beans have been made. */
    public List<ListenerOperations> operations() {
        return List.copyOf(listeners);
    }

    void checkTopics(DeclaredTopics declared) {
        listeners.stream()
                .map(TriggerListener::registered)
                .filter(RegisteredListener::startsByItself)
                .forEach(listener -> listener.topicCheck().run(declared));
    }

    @Override
    public void destroy() {
        listeners.forEach(TriggerListener::close);
    }
}
