package io.triggerquery.consumer.internal.metrics;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.Work;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifies several listeners. One that throws is logged: to observe must never disturb the work. */
public final class CompositeEngineListener implements EngineListener {

    private static final Logger log = LoggerFactory.getLogger(CompositeEngineListener.class);

    private final EngineListener[] observers;

    public CompositeEngineListener(List<EngineListener> observers) {
        this.observers = observers.toArray(EngineListener[]::new);
    }

    @Override
    public void received(Work work) {
        each(observer -> observer.received(work));
    }

    @Override
    public void alreadyApplied(Trigger trigger) {
        each(observer -> observer.alreadyApplied(trigger));
    }

    @Override
    public RoundObserver begun(List<Trigger> triggers, @Nullable Object context) {
        Deque<RoundObserver> each = new ArrayDeque<>();
        each(observer -> each.add(observer.begun(triggers, context)));
        return new Followings(each);
    }

    /** Goes in through all of them, and out again in the other order: scopes are nested. */
    private record Followings(Deque<RoundObserver> each) implements RoundObserver {

        @Override
        public void left() {
            each.descendingIterator().forEachRemaining(following -> guarded(following::left));
        }

        @Override
        public void entered() {
            each.forEach(following -> guarded(following::entered));
        }

        @Override
        public void ended(String outcome) {
            each.descendingIterator().forEachRemaining(following -> guarded(() -> following.ended(outcome)));
        }
    }

    @Override
    public void queried(int ids) {
        each(observer -> observer.queried(ids));
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
    public void split(int ids, Throwable cause) {
        each(observer -> observer.split(ids, cause));
    }

    @Override
    public void stale(Trigger trigger, OptionalLong answered) {
        each(observer -> observer.stale(trigger, answered));
    }

    @Override
    public void refused(int ids, Duration pause) {
        each(observer -> observer.refused(ids, pause));
    }

    @Override
    public void deferred(Trigger trigger, int failures) {
        each(observer -> observer.deferred(trigger, failures));
    }

    @Override
    public void deadLettered(Trigger trigger, Throwable cause) {
        each(observer -> observer.deadLettered(trigger, cause));
    }

    @Override
    public void full(long pending) {
        each(observer -> observer.full(pending));
    }

    @Override
    public void nearCapacity(int limit) {
        each(observer -> observer.nearCapacity(limit));
    }

    @Override
    public void fenced(TopicPartition partition, int running) {
        each(observer -> observer.fenced(partition, running));
    }

    /** For each trigger: so without an iterator, and without a function around the function. */
    private void each(Consumer<EngineListener> call) {
        for (EngineListener observer : observers) {
            try {
                call.accept(observer);
            } catch (RuntimeException | Error failure) {
                told(failure);
            }
        }
    }

    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error failure) {
            told(failure);
        }
    }

    private static void told(Throwable failure) {
        log.error("An observer failed", failure);
    }
}
