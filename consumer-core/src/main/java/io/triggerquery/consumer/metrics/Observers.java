package io.triggerquery.consumer.metrics;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.engine.EngineListener;
import io.triggerquery.consumer.engine.Work;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several observers as one. One that throws is logged: to observe must never disturb the work. */
public final class Observers implements EngineListener {

    private static final Logger log = LoggerFactory.getLogger(Observers.class);

    private final List<EngineListener> observers;

    public Observers(List<EngineListener> observers) {
        this.observers = List.copyOf(observers);
    }

    @Override
    public void received(Work work) {
        each(observer -> observer.received(work));
    }

    @Override
    public void queried(Trigger trigger) {
        each(observer -> observer.queried(trigger));
    }

    @Override
    public void applied(Work work, int failures) {
        each(observer -> observer.applied(work, failures));
    }

    @Override
    public void failed(Work work, int failures, Duration retryIn, Throwable cause) {
        each(observer -> observer.failed(work, failures, retryIn, cause));
    }

    @Override
    public void refused(Trigger trigger, Duration pause) {
        each(observer -> observer.refused(trigger, pause));
    }

    @Override
    public void full(long pending) {
        each(observer -> observer.full(pending));
    }

    @Override
    public void fenced(TopicPartition partition, int running) {
        each(observer -> observer.fenced(partition, running));
    }

    private void each(Consumer<EngineListener> call) {
        for (EngineListener observer : observers) {
            try {
                call.accept(observer);
            } catch (RuntimeException | Error failure) {
                log.error("An observer failed", failure);
            }
        }
    }
}
