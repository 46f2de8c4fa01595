package io.triggerquery.consumer.listener;

import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/** Checks the topics just before the containers start, when the application's own topics have been created. */
public final class TopicsAtStart implements SmartLifecycle {

    private final TriggerListeners listeners;
    private final Runnable createDeclaredTopics;
    private volatile boolean running;

    /**
     * Creates the check.
     *
     * @param createDeclaredTopics creates the topics that the application declares, if it may
     */
    public TopicsAtStart(TriggerListeners listeners, Runnable createDeclaredTopics) {
        this.listeners = listeners;
        this.createDeclaredTopics = createDeclaredTopics;
    }

    @Override
    public void start() {
        listeners.checkTopics(createDeclaredTopics);
        running = true;
    }

    @Override
    public void stop() {
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
