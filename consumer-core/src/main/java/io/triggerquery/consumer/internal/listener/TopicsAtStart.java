package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.internal.kafka.DeclaredTopics;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/**
 * Checks the topics of the listeners that start with the application, after the application's own topics have been
 * created, and reads the pauses of these listeners. The others do both when they are started.
 */
public final class TopicsAtStart implements SmartLifecycle {

    private final TriggerListeners listeners;
    private final DeclaredTopics declared;
    private volatile boolean running;

    public TopicsAtStart(TriggerListeners listeners, DeclaredTopics declared) {
        this.listeners = listeners;
        this.declared = declared;
    }

    @Override
    public void start() {
        listeners.checkTopics(declared);
        listeners.startControl();
        running = true;
    }

    @Override
    public void stop() {
        listeners.stopControl();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return AbstractMessageListenerContainer.DEFAULT_PHASE - 1;
    }
}
