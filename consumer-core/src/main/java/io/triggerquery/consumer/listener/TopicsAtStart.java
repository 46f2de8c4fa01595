package io.triggerquery.consumer.listener;

import io.triggerquery.consumer.kafka.TopicCheck;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/** Checks the topics just before the containers start, when the application's own topics have been created. */
public final class TopicsAtStart implements SmartLifecycle {

    private final TriggerListeners listeners;
    private final TopicCheck check;
    private volatile boolean running;

    public TopicsAtStart(TriggerListeners listeners, TopicCheck check) {
        this.listeners = listeners;
        this.check = check;
    }

    @Override
    public void start() {
        listeners.startingByThemselves().forEach(listener -> check.check(listener.id(), listener.topic()));
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
