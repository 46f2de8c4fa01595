package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Processes the triggers of one listener. Its constructor creates the stages in the order in which a trigger passes
 * them.
 *
 * <p>Threads: container threads call {@link #assigned}, {@link #accept}, {@link #release} and {@link #fence}; workers
 * run rounds; the thread that completes an answer only hands it to a worker; the timer ends pauses. One lock guards all
 * state; it is held briefly and never while a query, a projection or a listener runs.
 *
 * <p>Bounds: {@link EngineSettings.Limits#maxPending()}, at which the intake is paused. Failure: a failed round is
 * repeated, or its trigger deferred or dead-lettered, as long as its partition is assigned.
 */
public final class TriggerEngine {

    private final ReentrantLock lock = new ReentrantLock();
    private final PendingLimit pendingLimit;
    private final PartitionFlowControl flowControl;
    private final DecoderHealth decoders;
    private final Assignments assignments;
    private final AppliedVersions appliedVersions;
    private final Journal journal;
    private final WorkQueue queue;
    private final IdRequests idRequests;
    private final Workers workers;
    private final AbsenceLimit absences;
    private final Function<Batch, Round<?>> rounds;
    private final ListenerThrottle throttle;
    private final Admission admission;
    private final FreshReads freshReads;
    private final Settlement settlement;
    private final EngineRuntime runtime;
    private final EngineListener listener;

    public <S> TriggerEngine(EngineSettings settings, Pipeline<S> pipeline, EngineRuntime runtime) {
        this(settings, pipeline, runtime, Suspension.Evidence.DEFAULT);
    }

    /** Creates an engine that needs other evidence for a suspension, for tests with few ids. */
    <S> TriggerEngine(
            EngineSettings settings, Pipeline<S> pipeline, EngineRuntime runtime, Suspension.Evidence evidence) {
        this.pendingLimit = new PendingLimit(settings.limits().maxPending());
        String retryTopic = pipeline.failureSinks().retryTopic();
        this.flowControl = new PartitionFlowControl(runtime.intake(), retryTopic);
        this.decoders = new DecoderHealth(settings.limits().maxPending(), evidence.ids());
        this.assignments = new Assignments(pendingLimit, decoders);
        this.appliedVersions = new AppliedVersions(settings.limits().rememberedVersions());
        this.journal = new Journal(settings.limits().journalSize());
        this.queue = new WorkQueue(settings, pipeline, this::scheduleAction, runtime.nanoTime(), this::leaves);
        IdRequests.EngineLock locked = action -> compute(action::getAsBoolean);
        this.idRequests = new IdRequests(queue, appliedVersions, locked);
        this.workers = new Workers(settings.limits().concurrency(), runtime.workers(), this::scheduleAction);
        this.absences = new AbsenceLimit(settings.limits().maxAbsences());
        this.rounds = batch -> new Round<>(pipeline, runtime.listener(), batch, absences);
        this.throttle = new ListenerThrottle(queue, this::scheduleAction, pendingLimit, evidence);
        this.admission = new Admission(assignments, appliedVersions, queue, retryTopic);
        var items = new AwaitedItems(queue, assignments, settings.timing().settleDelay());
        this.freshReads = new FreshReads(queue, throttle, items, this::scheduleAction, settings.timing(), locked);
        this.settlement = new Settlement(queue, settings.timing(), pipeline.backOff(), throttle, admission, freshReads);
        this.runtime = runtime;
        this.listener = runtime.listener();
    }

    /**
     * Begins the assignments of partitions to a consumer of this process.
     *
     * @param consumer the consumer; calls of others for these partitions are ignored from now on
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

    /** Accepts a delivery; see {@link #accept(Object, List)}. */
    public void accept(Object consumer, Delivery delivery) {
        accept(consumer, List.of(delivery));
    }

    /**
     * Accepts deliveries in the order of their arrival. One that is open already, or whose partition is not assigned to
     * the consumer, is ignored.
     */
    public void accept(Object consumer, List<Delivery> deliveries) {
        List<Trigger> alreadyApplied;
        boolean filled;
        lock.lock(); // not by compute(), which would create lambdas
        try {
            boolean full = pendingLimit.full();
            alreadyApplied = admission.accept(consumer, deliveries);
            filled = !full && pendingLimit.full();
            conclude();
        } finally {
            lock.unlock();
        }
        flowControl.settle();
        deliveries.forEach(delivery -> delivery.sendReceived(listener));
        alreadyApplied.forEach(listener::alreadyApplied);
        if (filled) {
            listener.full(pendingLimit.limit());
        }
    }

    /**
     * Processes an id without a message, for an operator or a resync. The request does not survive a restart.
     *
     * @param urgent whether it is processed with the live triggers, or after them
     */
    public void request(Trigger trigger, boolean urgent) {
        change(() ->
                queue.offer(assignments.request(new Work.Refresh(trigger, RetryHistory.NONE), queue.now()), urgent));
    }

    /** Returns the number of open requests. */
    public int requests() {
        return compute(assignments::requests);
    }

    /** Returns whether a partition is assigned to a consumer of this process, and not being released. */
    public boolean holds(TopicPartition partition) {
        return compute(() -> assignments.holds(partition));
    }

    /** Returns what operators can request of single ids. */
    public IdRequests ids() {
        return idRequests;
    }

    /** Returns the callers that wait until an id is projected. */
    public FreshReads freshReads() {
        return freshReads;
    }

    private boolean leaves(WorkItem item, Lane next) {
        return freshReads.leaves(item, next);
    }

    /** Permits withheld absences until the source answers with a state. Returns whether any were withheld. */
    public boolean confirmAbsences() {
        return absences.confirm();
    }

    /**
     * Stops work for partitions that are being revoked: queued deliveries are dropped, running rounds may finish.
     *
     * @return completes when no round runs for them; the caller limits the wait before it calls {@link #fence}
     */
    public CompletableFuture<Void> release(Object consumer, Collection<TopicPartition> partitions) {
        return compute(() -> {
            List<OffsetTracker> leaving = assignments.of(consumer, partitions);
            queue.drop(Set.copyOf(leaving));
            return CompletableFuture.allOf(
                    leaving.stream().map(OffsetTracker::release).toArray(CompletableFuture<?>[]::new));
        });
    }

    /** Ends assignments: nothing is acknowledged for them any more. */
    public void fence(Object consumer, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Integer> stillRunning = new HashMap<>();
        change(() -> {
            List<OffsetTracker> leaving = assignments.of(consumer, partitions);
            queue.drop(Set.copyOf(leaving));
            for (OffsetTracker tracker : leaving) {
                assignments.remove(tracker);
                stillRunning.put(tracker.partition(), tracker.fence());
                appliedVersions.clear(); // others will apply versions from now on
            }
        });
        stillRunning.forEach(listener::fenced);
    }

    /** Returns the weight of the open deliveries, in the unit of {@link EngineSettings.Limits#maxPending()}. */
    public long pending() {
        return compute(pendingLimit::weight);
    }

    /**
     * Returns the status. With failing ids it iterates over all pending ids under the lock, so call it rarely.
     *
     * @param maxStuck the maximum number of failing ids to return, from 0
     */
    public EngineStatus status(int maxStuck) {
        return compute(() -> StatusReport.of(assignments, pendingLimit, queue, throttle, maxStuck));
    }

    /** Returns what is known of one id. */
    public IdStatus find(String id) {
        IdStatus.OpenWork work = compute(() -> IdLookup.find(queue, throttle, id));
        return new IdStatus(
                work, appliedVersions.of(id), journal.of(id, runtime.nanoTime().getAsLong()));
    }

    /** Returns the stuck ids, up to {@code max}. It iterates over all pending ids under the lock. */
    public StuckIds stuck(int max) {
        return compute(() -> IdLookup.stuck(queue, throttle, max));
    }

    /** Runs rounds until no work is ready. While an answer is pending the worker keeps its place, but no thread. */
    private void work(@Nullable Batch first) {
        Batch batch = first;
        while (batch != null) {
            Batch started = batch;
            Round<?> round = rounds.apply(started);
            CompletableFuture<?> answer = round.begin();
            if (!answer.isDone()) {
                answer.whenComplete((any, failure) -> runtime.runOnWorker(() -> work(settle(started, round.end()))));
                return;
            }
            batch = settle(started, round.end());
        }
    }

    /** Returns the first batch of a new worker, or null if there is none and it has retired. */
    @Nullable
    Batch begin() {
        return compute(() -> {
            workers.started();
            return takeOrRetire();
        });
    }

    /** Ends a round. Returns the next batch of its worker, or null if there is none and it has retired. */
    @Nullable
    Batch settle(Batch batch, List<Outcome> outcomes) {
        appliedVersions.update(batch, outcomes);
        journal.add(batch, outcomes, runtime.nanoTime().getAsLong());
        RoundEnd end = compute(() -> new RoundEnd(settlement.settle(batch, outcomes), takeOrRetire()));
        end.report().sendTo(listener);
        return end.next();
    }

    private record RoundEnd(RoundReport report, @Nullable Batch next) {}

    private @Nullable Batch takeOrRetire() {
        Batch batch = queue.take();
        if (batch == null) {
            workers.retired();
        }
        return batch;
    }

    private ScheduledAction scheduleAction(Duration delay, Runnable action) {
        ScheduledAction scheduled = new ScheduledAction(action);
        scheduled.setWith(runtime.timer().schedule(delay, () -> change(scheduled::run)));
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

    /** Ends each change: acknowledges settled deliveries, starts workers for ready items and adjusts the intake. */
    private void conclude() {
        assignments.conclude();
        throttle.deferExcess();
        workers.start(queue.lanes().startableRounds(), () -> work(begin()));
        flowControl.request(assignments.partitions(), throttle.pausesAll(), throttle.pausesRetries(), decoders.full());
    }
}
