package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Processes the triggers of one listener. Its constructor shows the stages in the order in which a trigger passes
 * them.
 *
 * <p>Threads: container threads call {@link #assigned}, {@link #accept}, {@link #release} and {@link #fence}; workers
 * run rounds, and whatever thread brings an answer only hands it to one; the timer ends pauses. One lock guards all
 * state; it is held for a few instructions at a time and never while a query, a projection or a listener runs.
 *
 * <p>Bounds: {@link EngineSettings.Limits#maxPending()}, then the intake is paused. Failure: a round that fails is
 * repeated, or its trigger deferred, for as long as its partition is assigned.
 */
public final class TriggerEngine {

    /** After no thread could be had for a worker. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final PendingLimit pendingLimit;
    private final PartitionFlowControl flowControl;
    private final Assignments assignments;
    private final AppliedVersions appliedVersions;
    private final WorkQueue queue;
    private final Workers workers;
    private final AbsenceLimit absences;
    private final Function<Batch, Round<?>> rounds;
    private final ListenerThrottle throttle;
    private final Settlement settlement;
    private final EngineRuntime runtime;
    private final EngineListener listener;
    private final String retryTopic;
    private boolean lookingAgain;

    public <S> TriggerEngine(EngineSettings settings, Pipeline<S> pipeline, EngineRuntime runtime) {
        this(settings, pipeline, runtime, Suspension.Evidence.DEFAULT);
    }

    /** For tests with few ids, which need less evidence. */
    <S> TriggerEngine(
            EngineSettings settings, Pipeline<S> pipeline, EngineRuntime runtime, Suspension.Evidence evidence) {
        this.pendingLimit = new PendingLimit(settings.limits().maxPending());
        this.retryTopic = pipeline.failureSinks().retryTopic();
        this.flowControl = new PartitionFlowControl(runtime.intake(), retryTopic);
        this.assignments = new Assignments(pendingLimit);
        this.appliedVersions = new AppliedVersions(settings.limits().rememberedVersions());
        this.queue = new WorkQueue(settings, pipeline, this::scheduleAction, runtime.nanoTime());
        this.workers = new Workers(settings.limits().concurrency(), runtime.workers());
        this.absences = new AbsenceLimit(settings.limits().maxAbsences());
        this.rounds = batch -> new Round<>(pipeline, runtime.listener(), batch, absences);
        this.throttle = new ListenerThrottle(queue, this::scheduleAction, pendingLimit, evidence);
        this.settlement = new Settlement(queue, settings.timing(), pipeline.backOff(), throttle);
        this.runtime = runtime;
        this.listener = runtime.listener();
    }

    /**
     * Partitions have come to a consumer of this process.
     *
     * @param consumer the consumer; what others say of these partitions is ignored from now on
     */
    public void assigned(Object consumer, Collection<TopicPartition> partitions) {
        appliedVersions.clear();
        change(() -> {
            for (TopicPartition partition : partitions) {
                OffsetTracker former = assignments.assign(consumer, partition);
                if (former != null) {
                    queue.drop(Set.of(former));
                    former.fence();
                    flowControl.forget(partition);
                }
            }
        });
    }

    /** Takes a delivery in. One that is open already, or whose partition is not the consumer's, is ignored. */
    public void accept(Object consumer, Delivery delivery) {
        Trigger covered = covered(delivery);
        boolean filled;
        lock.lock(); // not through compute: a function for each trigger costs as much as what it does
        try {
            boolean full = pendingLimit.full();
            accept(consumer, delivery, covered != null);
            filled = !full && pendingLimit.full();
            conclude();
        } finally {
            lock.unlock();
        }
        flowControl.settle();
        listener.received(delivery.work());
        if (covered != null) {
            listener.alreadyApplied(covered);
        }
        if (filled) {
            listener.full(pendingLimit.limit());
        }
    }

    private void accept(Object consumer, Delivery delivery, boolean covered) {
        OffsetTracker tracker = assignments.of(consumer, delivery.partition());
        OpenDelivery opened = tracker == null ? null : tracker.register(delivery, queue.now());
        if (opened != null && covered) {
            opened.tracker().settle(opened);
        } else if (opened != null) {
            queue.offer(opened, !delivery.partition().topic().equals(retryTopic));
        }
    }

    /** The trigger, if it asks for nothing that is not projected already. One that was deferred may stand for others. */
    private @Nullable Trigger covered(Delivery delivery) {
        return delivery.work() instanceof Work.Refresh refresh
                        && !delivery.partition().topic().equals(retryTopic)
                        && appliedVersions.cover(refresh.trigger())
                ? refresh.trigger()
                : null;
    }

    /**
     * Looks at an id without a message: an operator asks for it, or a comparison has found a difference. It is not kept
     * over a restart.
     *
     * @param urgent whether it goes with the live triggers, or after them
     */
    public void request(Trigger trigger, boolean urgent) {
        change(() ->
                queue.offer(assignments.request(new Work.Refresh(trigger, RetryHistory.NONE), queue.now()), urgent));
    }

    /** How many requests are not done. */
    public int requests() {
        return compute(assignments::requests);
    }

    /** Whether a partition is assigned to a consumer of this process, and not about to be taken away. */
    public boolean holds(TopicPartition partition) {
        return compute(() -> assignments.holds(partition));
    }

    /** Tries an id that waits for a later try now. Returns whether it was waiting. */
    public boolean retryNow(String id) {
        return compute(() -> queue.retryNow(id));
    }

    /** Lets absences pass that are held for being too many, until the next state. Returns whether any were held. */
    public boolean confirmAbsences() {
        return absences.confirm();
    }

    /** Forgets which versions of an id were applied and are asked for: its next answer settles, its next trigger queries. */
    public void forget(String id) {
        appliedVersions.forget(id);
        change(() -> queue.forgetVersion(id));
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
            queue.drop(Set.copyOf(leaving));
            return CompletableFuture.allOf(
                    leaving.stream().map(OffsetTracker::release).toArray(CompletableFuture<?>[]::new));
        });
    }

    /** Ends assignments: from now on nothing is acknowledged for them, whatever finishes later. */
    public void fence(Object consumer, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Integer> stillRunning = new HashMap<>();
        change(() -> {
            List<OffsetTracker> leaving = assignments.of(consumer, partitions);
            queue.drop(Set.copyOf(leaving));
            for (OffsetTracker tracker : leaving) {
                assignments.remove(tracker);
                stillRunning.put(tracker.partition(), tracker.fence());
            }
        });
        stillRunning.forEach(listener::fenced);
    }

    /** What the open deliveries weigh, in the unit of {@link EngineSettings.Limits#maxPending()}. */
    public long pending() {
        return compute(pendingLimit::weight);
    }

    /**
     * What the engine is at. Unless no failing ids are to be named it looks at every pending id, under the lock: for
     * people and once in a while, not for loops.
     *
     * @param maxStuck how many failing ids to name, from 0
     */
    public EngineStatus status(int maxStuck) {
        return compute(() -> StatusReport.of(assignments, pendingLimit, queue, throttle, maxStuck));
    }

    /** A worker's life: round after round. While an answer is awaited it keeps its place, but no thread. */
    private void work(@Nullable Batch first) {
        Batch batch = first;
        while (batch != null) {
            Batch begun = batch;
            Round<?> round = rounds.apply(begun);
            CompletableFuture<?> answer = round.begin();
            if (!answer.isDone()) {
                answer.whenComplete((any, failure) -> goOn(() -> work(settle(begun, round.end()))));
                return;
            }
            batch = settle(begun, round.end());
        }
    }

    /** Gives a round whose answer has come a thread. If none can be had it keeps its place and looks again. */
    private void goOn(Runnable rest) {
        try {
            runtime.workers().execute(rest);
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            runtime.timer().schedule(LOOK_AGAIN, () -> goOn(rest));
        }
    }

    /** What a worker that has just started is to do, or null if it can end. */
    @Nullable
    Batch begin() {
        return compute(() -> {
            workers.started();
            return takeOrRetire();
        });
    }

    /** Ends a round. Returns what its worker is to do next, or null if it can end. */
    @Nullable
    Batch settle(Batch batch, List<Outcome> outcomes) {
        appliedVersions.learn(batch, outcomes);
        End end = compute(() -> new End(settlement.settle(batch, outcomes), takeOrRetire()));
        end.report().tell(listener);
        return end.next();
    }

    private record End(RoundReport report, @Nullable Batch next) {}

    private @Nullable Batch takeOrRetire() {
        Batch batch = queue.take();
        if (batch == null) {
            workers.retired();
        }
        return batch;
    }

    private ScheduledAction scheduleAction(Duration delay, Runnable action) {
        ScheduledAction scheduled = new ScheduledAction(action);
        scheduled.setWith(runtime.timer().schedule(delay, () -> change(scheduled::ring)));
        return scheduled;
    }

    private void change(Runnable action) {
        compute(() -> {
            action.run();
            return null;
        });
    }

    private <T> T compute(Supplier<T> action) {
        T result;
        lock.lock();
        try {
            result = action.get();
            conclude();
        } finally {
            lock.unlock();
        }
        flowControl.settle();
        return result;
    }

    /** After each change: acknowledges what it settled, starts workers for what is ready and adjusts the intake. */
    private void conclude() {
        assignments.conclude();
        throttle.deferExcess();
        if (!workers.start(queue.takeable(), () -> work(begin())) && !lookingAgain) {
            lookingAgain = true;
            scheduleAction(LOOK_AGAIN, () -> lookingAgain = false);
        }
        flowControl.request(assignments.partitions(), throttle.pausesAll(), throttle.pausesRetries());
    }
}
