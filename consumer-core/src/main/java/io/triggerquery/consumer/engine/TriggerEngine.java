package io.triggerquery.consumer.engine;

import io.triggerquery.consumer.Projection;
import io.triggerquery.consumer.Query;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline of one listener. Its constructor shows the stages in the order in which a trigger passes them.
 *
 * <p>Threads: container threads call {@link #assigned}, {@link #accept}, {@link #release} and {@link #fence}; workers
 * run rounds; the timer ends back-offs. One lock guards all state; it is held for a few instructions at a time and
 * never while a query, a projection or a listener runs.
 *
 * <p>Bounds: {@link EngineSettings#maxPending()}, then the intake is paused. Failure: a round that fails is repeated
 * for as long as its partition is assigned.
 */
public final class TriggerEngine {

    /** After no thread could be had for a worker. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Load load;
    private final Valve valve;
    private final Assignments assignments;
    private final WorkQueue queue;
    private final Workers workers;
    private final Round<?> round;
    private final Timer timer;
    private final EngineListener listener;
    private boolean lookingAgain;

    public <S> TriggerEngine(
            EngineSettings settings, Query<S> query, Projection<S> projection, BackOff backOff, EngineRuntime runtime) {
        this.load = new Load(settings.maxPending());
        this.valve = new Valve(runtime.intake());
        this.assignments = new Assignments(load);
        this.queue = new WorkQueue(backOff, this::setAlarm);
        this.workers = new Workers(settings.concurrency(), runtime.workers());
        this.round = new Round<>(query, projection, runtime.listener());
        this.timer = runtime.timer();
        this.listener = runtime.listener();
    }

    /**
     * Partitions have come to a consumer of this process.
     *
     * @param consumer the consumer; what others say of these partitions is ignored from now on
     */
    public void assigned(Object consumer, Collection<TopicPartition> partitions) {
        change(() -> {
            for (TopicPartition partition : partitions) {
                OffsetTracker former = assignments.assign(consumer, partition);
                if (former != null) {
                    queue.drop(List.of(former));
                    former.fence();
                }
            }
        });
    }

    /** Takes a delivery in. One that is open already, or whose partition is not the consumer's, is ignored. */
    public void accept(Object consumer, Delivery delivery) {
        boolean filled = compute(() -> {
            boolean full = load.full();
            OffsetTracker tracker = assignments.of(consumer, delivery.partition());
            OpenDelivery opened = tracker == null ? null : tracker.register(delivery);
            if (opened != null) {
                queue.offer(opened);
            }
            return !full && load.full();
        });
        listener.received(delivery.work());
        if (filled) {
            listener.full(pending());
        }
    }

    /**
     * Stops work for partitions that are about to be taken away: what is queued is dropped, what runs may finish.
     *
     * @return completes when nothing runs for them any more; the caller decides how long to wait before it calls {@link
     *     #fence}
     */
    public CompletableFuture<Void> release(Object consumer, Collection<TopicPartition> partitions) {
        return compute(() -> {
            List<OffsetTracker> leaving = assignments.of(consumer, partitions);
            queue.drop(leaving);
            return CompletableFuture.allOf(
                    leaving.stream().map(OffsetTracker::release).toArray(CompletableFuture<?>[]::new));
        });
    }

    /** Ends assignments: from now on nothing is acknowledged for them, whatever finishes later. */
    public void fence(Object consumer, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Integer> stillRunning = new HashMap<>();
        change(() -> {
            List<OffsetTracker> leaving = assignments.of(consumer, partitions);
            queue.drop(leaving);
            for (OffsetTracker tracker : leaving) {
                assignments.remove(tracker);
                stillRunning.put(tracker.partition(), tracker.fence());
            }
        });
        stillRunning.forEach(listener::fenced);
    }

    /** What the open deliveries weigh, in the unit of {@link EngineSettings#maxPending()}. */
    public long pending() {
        return compute(load::weight);
    }

    /** A worker's life. */
    private void work() {
        for (WorkItem item = begin(); item != null; item = next()) {
            settle(item, round.run(item.work(), item.unanswered()));
        }
    }

    /** What a worker that has just started is to do, or null if it can end. */
    @Nullable
    WorkItem begin() {
        return compute(() -> {
            workers.started();
            return takeOrRetire();
        });
    }

    /** What a worker is to do next, or null if it can end. */
    @Nullable
    WorkItem next() {
        return compute(this::takeOrRetire);
    }

    /** Ends a round. */
    void settle(WorkItem item, Outcome outcome) {
        Work work = item.work();
        int failures = item.failures();
        if (outcome instanceof Outcome.Failed failed) {
            Duration pause = compute(() -> queue.failed(item, failed.answered()));
            listener.failed(work, failures + 1, pause, failed.cause());
        } else if (outcome instanceof Outcome.Refused refused) {
            change(() -> queue.refused(item, refused.holdFor()));
            listener.refused(((Work.Refresh) work).trigger(), refused.holdFor());
        } else {
            change(() -> queue.applied(item));
            listener.applied(work, failures);
        }
    }

    private @Nullable WorkItem takeOrRetire() {
        WorkItem item = queue.take();
        if (item == null) {
            workers.retired();
        }
        return item;
    }

    private Alarm setAlarm(Duration delay, Runnable action) {
        Alarm alarm = new Alarm(action);
        alarm.setWith(timer.schedule(delay, () -> change(alarm::ring)));
        return alarm;
    }

    private void change(Runnable action) {
        compute(() -> {
            action.run();
            return null;
        });
    }

    /** Every change goes through here: after it, workers are started for what is ready and the intake is adjusted. */
    private <T> T compute(Supplier<T> action) {
        T result;
        lock.lock();
        try {
            result = action.get();
            if (!workers.start(queue.takeable(), this::work) && !lookingAgain) {
                lookingAgain = true;
                setAlarm(LOOK_AGAIN, () -> lookingAgain = false);
            }
            valve.wish(load.full() ? assignments.partitions() : Set.of());
        } finally {
            lock.unlock();
        }
        valve.settle();
        return result;
    }
}
