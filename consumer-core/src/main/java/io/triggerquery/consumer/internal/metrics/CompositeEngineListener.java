package io.triggerquery.consumer.internal.metrics;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.Work;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifies several listeners. A listener that throws is logged, and does not affect the others or the engine. */
public final class CompositeEngineListener implements EngineListener {

    private static final Logger log = LoggerFactory.getLogger(CompositeEngineListener.class);

    private final EngineListener[] observers;

    public CompositeEngineListener(List<EngineListener> observers) {
        this.observers = observers.toArray(EngineListener[]::new);
    }

    /** Runs for each trigger, so it uses neither an iterator nor a lambda. */
    @Override
    public void received(TopicPartition partition, Work work) {
        for (EngineListener observer : observers) {
            try {
                observer.received(partition, work);
            } catch (RuntimeException | Error failure) {
                logFailure(failure);
            }
        }
    }

    @Override
    public void ignored() {
        each(EngineListener::ignored);
    }

    @Override
    public void alreadyApplied(Trigger trigger) {
        each(observer -> observer.alreadyApplied(trigger));
    }

    @Override
    public RoundObserver begun(List<Trigger> triggers, IntFunction<@Nullable Object> contexts) {
        Deque<RoundObserver> rounds = new ArrayDeque<>();
        each(observer -> rounds.add(observer.begun(triggers, contexts)));
        return new CompositeRoundObserver(rounds);
    }

    /** Enters all observers in order, and leaves them in reverse order, because scopes are nested. */
    private record CompositeRoundObserver(Deque<RoundObserver> observers) implements RoundObserver {

        @Override
        public void left() {
            observers.descendingIterator().forEachRemaining(observer -> guarded(observer::left));
        }

        @Override
        public void entered() {
            observers.forEach(observer -> guarded(observer::entered));
        }

        @Override
        public @Nullable String traceId() {
            try {
                return observers.stream()
                        .map(RoundObserver::traceId)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
            } catch (RuntimeException | Error failure) {
                logFailure(failure);
                return null;
            }
        }

        @Override
        public void ended(String outcome) {
            observers.descendingIterator().forEachRemaining(observer -> guarded(() -> observer.ended(outcome)));
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
    public void deadLettered(Work.DeadLetter message) {
        each(observer -> observer.deadLettered(message));
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
    public void suspended(int ids, Throwable cause) {
        each(observer -> observer.suspended(ids, cause));
    }

    @Override
    public void resumed(Duration after) {
        each(observer -> observer.resumed(after));
    }

    @Override
    public void nearCapacity(int limit) {
        each(observer -> observer.nearCapacity(limit));
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
                logFailure(failure);
            }
        }
    }

    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error failure) {
            logFailure(failure);
        }
    }

    private static void logFailure(Throwable failure) {
        log.error("An engine listener failed. The engine continues.", failure);
    }
}
