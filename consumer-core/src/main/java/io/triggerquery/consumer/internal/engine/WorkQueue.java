package io.triggerquery.consumer.internal.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds one item for each id to process: ready in a lane, running, or waiting for a time.
 *
 * <p>The semantics are those of the work queue in Kubernetes' client-go: what is waiting already absorbs what arrives;
 * what arrives while its id runs makes for exactly one more round; a new trigger ends a back-off at once but leaves the
 * count of failures. How a round's outcome moves an item is in {@link Settlement}.
 *
 * <p>Threads: guarded by the engine's lock. Bounds: one item for each id with an open delivery, hence {@link
 * EngineSettings.Limits#maxPending()}. Failure: throws nothing; no item leaves without its deliveries settled or
 * dropped.
 */
final class WorkQueue {

    /** The pause between two rounds of a lane that is paced. */
    private static final Duration REST = Duration.ofMillis(4);

    private final Map<Object, WorkItem> items = new HashMap<>();
    private final Duration settleDelay;
    private final BackOff backOff;
    private final ActionScheduler scheduler;
    private final LongSupplier clock;
    private final Lanes lanes;
    private final BatchBuilder batchBuilder;
    private final RetryCapacity retries;
    private final EarlyRetries earlyRetries;
    private final String retryTopic;
    private final RecentlyFailedIds recentlyFailed = new RecentlyFailedIds();

    /** Sets alarms that ring under the engine's lock. */
    interface ActionScheduler {
        ScheduledAction set(Duration delay, Runnable action);
    }

    WorkQueue(EngineSettings settings, Pipeline<?> pipeline, ActionScheduler scheduler, LongSupplier clock) {
        this.settleDelay = settings.timing().settleDelay();
        int maxBatch = Math.min(settings.limits().maxBatch(), pipeline.query().maxIds());
        this.backOff = pipeline.backOff();
        this.scheduler = scheduler;
        this.clock = clock;
        this.lanes = new Lanes(settings.limits().concurrency(), maxBatch);
        this.batchBuilder = new BatchBuilder(lanes, settings.timing(), maxBatch, clock);
        this.retries = new RetryCapacity(settings.limits().maxWaiting());
        this.earlyRetries = new EarlyRetries(settings.limits().maxWaiting());
        this.retryTopic = pipeline.failureSinks().retryTopic();
    }

    /**
     * Takes in what has arrived.
     *
     * @param live whether it is new; a comparison, and a trigger from the retry topic, can wait
     */
    void offer(OpenDelivery arrived, boolean live) {
        Work work = arrived.delivery().work();
        WorkItem known = items.get(work.key());
        WorkItem item = known == null ? new WorkItem(work, Lane.LIVE.ready()) : known;
        item.merge(arrived, live);
        if (arrived.tracker().partition().topic().equals(retryTopic)) {
            item.cameFromRetryTopic();
        }
        RetryHistory history = work instanceof Work.Refresh refresh ? refresh.history() : RetryHistory.NONE;
        if (history.failures() > 0) {
            item.ensureFailureState().remember(history, now());
        }
        if (known == null) {
            items.put(work.key(), item);
            if (recentlyFailed.contains(work)) {
                item.ensureFailureState().isolate();
            }
            admit(item, history);
        } else if (live) {
            hurry(item);
        }
        retries.update(item);
    }

    private void admit(WorkItem item, RetryHistory history) {
        if (item.work() instanceof Work.DeadLetter) {
            ready(item, item.lane());
        } else if (history.failures() > 0 && earlyRetries.takeEarlyRetry()) {
            tryEarly(item);
        } else if (history.failures() > 0) {
            await(
                    item,
                    WorkState.Reason.BACK_OFF,
                    backOff.after(history.failingFor().minus(history.waited())).minus(history.waited()));
        } else {
            readyWhenSettled(item);
        }
    }

    /** A new trigger has come for an item that is known. */
    private void hurry(WorkItem item) {
        if (item.state() instanceof WorkState.Running) {
            item.triggerAgain();
            return;
        }
        boolean waits = item.state() instanceof WorkState.Waiting waiting
                && waiting.reason().isRetry();
        boolean canGoAhead = item.state() instanceof WorkState.Ready ready && ready.lane() != item.lane();
        if (waits || canGoAhead) {
            leave(item);
            readyWhenSettled(item);
        }
    }

    /** The next round, or null if none may begin now. */
    @Nullable
    Batch take() {
        Lane lane = lanes.next();
        if (lane == null) {
            return null;
        }
        if (lanes.isPaced(lane)) {
            lanes.rest(lane, true);
            scheduler.set(REST, () -> lanes.rest(lane, false));
        }
        lanes.begun(lane);
        return batchBuilder.take(lane);
    }

    void ready(WorkItem item, Lane lane) {
        item.become(lane.ready());
        lanes.add(lane, item);
        retries.update(item);
    }

    /** Makes an item ready whose round has settled nothing and does not count. */
    void giveBack(WorkItem item) {
        item.become(item.lane().ready());
        lanes.giveBack(item.lane(), item);
        retries.update(item);
    }

    /** Takes an item's last failure back, and makes it ready if it waits because of that. */
    void forgive(WorkItem item) {
        FailureState failureState = item.failureState();
        boolean isHere = items.get(item.work().key()) == item && !(item.state() instanceof WorkState.Running);
        if (failureState == null || !isHere) {
            return;
        }
        boolean settles = item.state() instanceof WorkState.Waiting waiting
                && !waiting.reason().isRetry();
        if (!settles) {
            leave(item);
        }
        if (failureState.forgive()) {
            item.outOfTrouble();
        }
        if (!settles) {
            giveBack(item);
        }
    }

    /** Whether most of what is here has failed. */
    boolean mostlyFails() {
        return 2 * retries.used() >= items.size();
    }

    /** A failing id has succeeded: others may do so too. */
    void recovered() {
        earlyRetries.succeeded();
        for (WorkItem item = earlyRetries.next(); item != null; item = earlyRetries.next()) {
            leave(item);
            tryEarly(item);
        }
    }

    /** A failing id has failed again by itself. */
    void failedAgain() {
        earlyRetries.failed();
    }

    private void tryEarly(WorkItem item) {
        item.ensureFailureState().mayBeBatched();
        ready(item, item.lane());
    }

    /** Sends an item to the retry topic that is ready or waits. Returns what its triggers weigh. */
    long defer(WorkItem item) {
        leave(item);
        ready(item, Lane.DEFER);
        return item.waiting().stream().mapToLong(OpenDelivery::weight).sum();
    }

    /** Makes it ready once its triggers are old enough. */
    void readyWhenSettled(WorkItem item) {
        Duration rest = settleDelay.isZero() ? settleDelay : settleDelay.minus(ageOfTheOldest(item));
        if (rest.isZero() || rest.isNegative()) {
            ready(item, item.lane());
        } else {
            await(item, WorkState.Reason.SETTLE_DELAY, rest);
        }
    }

    private Duration ageOfTheOldest(WorkItem item) {
        long now = now();
        long oldest =
                item.waiting().stream().mapToLong(OpenDelivery::arrivedAt).min().orElse(now);
        return Duration.ofNanos(now - oldest);
    }

    void await(WorkItem item, WorkState.Reason reason, Duration pause) {
        Duration rest = pause.isNegative() ? Duration.ZERO : pause;
        ScheduledAction scheduled = scheduler.set(rest, () -> {
            leave(item);
            ready(item, item.lane());
        });
        item.become(new WorkState.Waiting(reason, scheduled));
        if (reason == WorkState.Reason.BACK_OFF) {
            earlyRetries.add(item);
        }
        retries.update(item);
    }

    private void leave(WorkItem item) {
        if (item.state() instanceof WorkState.Ready ready) {
            lanes.remove(ready.lane(), item);
        } else if (item.state() instanceof WorkState.Waiting waiting) {
            waiting.scheduled().cancel();
            if (waiting.reason() == WorkState.Reason.BACK_OFF) {
                earlyRetries.remove(item);
            }
        }
    }

    void remove(WorkItem item) {
        items.remove(item.work().key());
        retries.remove(item);
    }

    /** Forgets what waits, for a worker or for a later round, on behalf of assignments that are ending. */
    void drop(Set<OffsetTracker> leaving) {
        items.values().removeIf(item -> {
            item.drop(leaving);
            boolean forgotten = !item.hasWaiting() && !(item.state() instanceof WorkState.Running);
            if (forgotten) {
                leave(item);
                retries.remove(item);
            }
            return forgotten;
        });
    }

    /** Ends an id's wait. Returns whether it was waiting. */
    boolean retryNow(String id) {
        WorkItem item = items.get(id);
        if (item == null || !(item.state() instanceof WorkState.Waiting)) {
            return false;
        }
        leave(item);
        ready(item, item.lane());
        return true;
    }

    /** Lets an answer of any version settle an id, which is tried now if it waits. */
    void forgetVersion(String id) {
        WorkItem item = items.get(id);
        if (item != null) {
            item.forgetVersion();
            retryNow(id);
        }
    }

    /** How many rounds could begin now. */
    int takeable() {
        return lanes.takeable();
    }

    Collection<WorkItem> items() {
        return items.values();
    }

    Lanes lanes() {
        return lanes;
    }

    RecentlyFailedIds recentlyFailed() {
        return recentlyFailed;
    }

    RetryCapacity retries() {
        return retries;
    }

    long now() {
        return clock.getAsLong();
    }
}
