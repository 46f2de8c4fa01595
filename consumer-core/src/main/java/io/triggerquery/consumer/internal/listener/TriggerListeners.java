package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.internal.freshness.AwaitableListener;
import io.triggerquery.consumer.internal.kafka.ControlTopic;
import io.triggerquery.consumer.internal.kafka.DeclaredTopics;
import io.triggerquery.consumer.internal.kafka.RegisteredListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * All listeners of the application: assembled when all beans exist, closed with the application after the containers
 * have stopped.
 *
 * <p>It is not a {@code Lifecycle}: Spring stops a bean's dependents before the bean, and treats a stopped dependent as
 * if the bean itself had stopped, so the application would not wait for the containers.
 *
 * <p>Threads: those that start and stop the application; any for {@link #operations()}.
 */
public final class TriggerListeners implements SmartInitializingSingleton, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private final ConfigurableListableBeanFactory beans;
    private final TriggerListenerPostProcessor methods;
    private final ListenerAssembly assembly;
    private final ListenerFigures figures;
    private final List<TriggerListener> listeners = new CopyOnWriteArrayList<>();

    /**
     * Creates an instance without listeners.
     *
     * @param beans the beans of the application
     * @param methods finds the listener methods
     * @param figures tells the other instances how fast the listeners work
     */
    public TriggerListeners(
            ConfigurableListableBeanFactory beans,
            TriggerListenerPostProcessor methods,
            ListenerAssembly assembly,
            ListenerFigures figures) {
        this.beans = beans;
        this.methods = methods;
        this.assembly = assembly;
        this.figures = figures;
    }

    @Override
    public void afterSingletonsInstantiated() {
        methods.complete(beans);
        Map<String, String> byId = new HashMap<>();
        Map<String, String> byTopicAndGroup = new HashMap<>();
        List<ListenerDefinition> definitions = new ArrayList<>();
        for (AnnotatedListener method : methods.found()) {
            ListenerDefinition definition = assembly.define(method);
            failIfTaken("the id '" + definition.id() + "'", byId, method);
            definition.topics().forEach(topic -> failIfTaken(definition.topicAndGroup(topic), byTopicAndGroup, method));
            definitions.add(definition);
        }
        assembly.checkSettings(definitions);
        assembly.checkSources(definitions);
        definitions.forEach(definition -> add(assembly.assemble(definition)));
        assembly.complete();
        listeners.forEach(listener -> log.info(listener.startLine()));
    }

    private void add(TriggerListener listener) {
        listeners.add(listener);
        listener.fleet().join(new ListenerMember(listener, figures));
    }

    private static void failIfTaken(String property, Map<String, String> claimed, AnnotatedListener method) {
        String other = claimed.putIfAbsent(property, method.name());
        if (other != null) {
            throw new FailureAnalyzedException(
                    "Two trigger listeners have " + property + ": " + other + " and " + method.name() + ".",
                    "Give one of them its own id and groupId. In one group each would receive only a part of the"
                            + " topic.");
        }
    }

    /** Returns the listeners, for operators; empty before all beans have been created. */
    public List<ListenerOperations> operations() {
        return List.copyOf(listeners);
    }

    /** Returns the listeners, for callers that wait for a projection; empty before all beans have been created. */
    public List<AwaitableListener> awaitable() {
        return listeners.stream().map(TriggerListeners::awaitable).toList();
    }

    private static AwaitableListener awaitable(TriggerListener listener) {
        MessageListenerContainer container = listener.registered().container();
        return new AwaitableListener(
                listener.id(),
                listener.definition().topics().get(0),
                listener.registered().engine(),
                listener.definition().idRule(),
                container::isRunning,
                container::isPauseRequested,
                () -> WorkerThreads.isWorkerOf(listener.id()));
    }

    void checkTopics(DeclaredTopics declared) {
        listeners.stream()
                .map(TriggerListener::registered)
                .filter(RegisteredListener::startsByItself)
                .forEach(listener -> listener.topicCheck().runAtStart(declared));
    }

    /** Reads the pauses of the listeners that start with the application, before they read triggers. */
    void startControl() {
        listeners.stream()
                .map(TriggerListener::registered)
                .filter(RegisteredListener::startsByItself)
                .map(RegisteredListener::control)
                .distinct()
                .forEach(ControlTopic::start);
    }

    /** Lets the other instances see that the listeners have stopped. */
    void stopControl() {
        listeners.stream()
                .map(listener -> listener.registered().control())
                .distinct()
                .forEach(ControlTopic::stop);
    }

    @Override
    public void destroy() {
        listeners.forEach(TriggerListener::close);
    }
}
