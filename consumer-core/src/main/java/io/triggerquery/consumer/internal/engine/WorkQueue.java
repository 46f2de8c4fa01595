package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.spi.BackOff;
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
 * <p>The semantics are those of the work queue in Kubernetes' client-go: a waiting item absorbs new deliveries;
 * deliveries that arrive while their id runs cause exactly one more round; a new trigger ends a back-off at once but
 * keeps the count of failures. {@link Settlement} applies the outcomes of rounds.
 *
 * <p>Threads: guarded by the engine's lock. Bounds: one item for each id with an open delivery, hence
 * {@link EngineSettings.Limits#maxPending()}. Failure: throws nothing; no item leaves without its deliveries settled or
 * dropped.
 */
final class WorkQueue {

    /** The pause between two rounds of a paced lane. */
    private static final Duration PACED_LANE_DELAY = Duration.ofMillis(4);

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
    private final PausedIds pausedIds;
    private final RecentlyFailedIds recentlyFailed = new RecentlyFailedIds();
    private final Callers callers;

    /** Schedules actions that run under the engine's lock. */
    interface ActionScheduler {
        ScheduledAction set(Duration delay, Runnable action);
    }

    /** Answers the callers that wait for an item when it is not queried now. Returns whether triggers are left. */
    interface Callers {
        boolean leaves(WorkItem item, Lane next);
    }

    WorkQueue(
            EngineSettings settings,
            Pipeline<?> pipeline,
            ActionScheduler scheduler,
            LongSupplier clock,
            Callers callers) {
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
        this.pausedIds = new PausedIds(this, retryTopic);
        this.callers = callers;
    }

    /**
     * Adds a delivery.
     *
     * @param live whether it goes with the live triggers; those of a resync and of the retry topic can wait
     */
    void offer(OpenDelivery arrived, boolean live) {
        Work work = arrived.delivery().work();
        WorkItem known = items.get(work.key());
        WorkItem item = known == null ? new WorkItem(work, Lane.LIVE.ready()) : known;
        item.merge(arrived, live);
        if (arrived.tracker().partition().topic().equals(retryTopic)) {
            item.markFromRetryTopic();
        }
        RetryHistory history = work instanceof Work.Refresh refresh ? refresh.history() : RetryHistory.NONE;
        if (history.failures() > 0) {
            item.ensureFailureState().remember(history, now());
        }
        if (known == null) {
            add(item);
            admit(item, history);
        } else if (live) {
            expedite(item);
        }
        retries.update(item);
    }

    private void admit(WorkItem item, RetryHistory history) {
        if (!(item.work() instanceof Work.Refresh)) {
            ready(item, item.lane());
        } else if (history.failures() > 0 && earlyRetries.takeEarlyRetry()) {
            tryEarly(item);
        } else if (history.failures() > 0) {
            makeWaiting(
                    item,
                    WorkState.Reason.BACK_OFF,
                    backOff.after(history.failingFor().minus(history.waited())).minus(history.waited()));
        } else {
            readyWhenSettled(item);
        }
    }

    /** Moves an item forward for which a new trigger has arrived. */
    private void expedite(WorkItem item) {
        if (item.state() instanceof WorkState.Running) {
            item.markTriggeredAgain();
            return;
        }
        boolean waitsForRetry = item.state() instanceof WorkState.Waiting waiting
                && waiting.reason().isRetry();
        boolean changesLane = item.state() instanceof WorkState.Ready ready && ready.lane() != item.lane();
        if (waitsForRetry || changesLane) {
            detach(item);
            readyWhenSettled(item);
        }
    }

    /** Takes the batch of the next round, or returns null if none may begin now. */
    @Nullable
    Batch take() {
        Lane lane = lanes.next();
        if (lane == null) {
            return null;
        }
        if (lanes.isPaced(lane)) {
            lanes.block(lane, true);
            scheduler.set(PACED_LANE_DELAY, () -> lanes.block(lane, false));
        }
        lanes.begun(lane);
        return batchBuilder.take(lane);
    }

    void ready(WorkItem item, Lane lane) {
        boolean leaves = !lane.queriesSource();
        if (leaves ? isKept(item, lane) : !pausedIds.setAside(item)) {
            place(item, lane);
        }
    }

    /** Returns whether triggers are left in an item that is not queried now, after its callers have been answered. */
    boolean isKept(WorkItem item, Lane next) {
        return !item.isUrgent() || callers.leaves(item, next);
    }

    /** Adds an item to a lane, whether or not its id is paused. */
    void place(WorkItem item, Lane lane) {
        item.setState(lane.ready());
        lanes.add(lane, item);
        retries.update(item);
    }

    /** Makes an item ready again after a round that does not count. */
    void giveBack(WorkItem item) {
        if (pausedIds.setAside(item)) {
            return;
        }
        item.setState(item.lane().ready());
        lanes.giveBack(item.lane(), item);
        retries.update(item);
    }

    /** Returns whether at least half of the items have failed. */
    boolean mostlyFailing() {
        return 2 * retries.used() >= items.size();
    }

    /** Records that a failing id has succeeded, and retries others early. */
    void recovered() {
        earlyRetries.succeeded();
        for (WorkItem item = earlyRetries.next(); item != null; item = earlyRetries.next()) {
            detach(item);
            tryEarly(item);
        }
    }

    /** Records that a failing id has failed again in a round of its own. */
    void failedAgain() {
        earlyRetries.failed();
    }

    private void tryEarly(WorkItem item) {
        item.ensureFailureState().allowBatches();
        ready(item, item.lane());
    }

    /** Moves a ready or waiting item to the defer lane. Returns the weight of its deliveries. */
    long defer(WorkItem item) {
        detach(item);
        ready(item, Lane.DEFER);
        return item.waiting().stream().mapToLong(OpenDelivery::weight).sum();
    }

    /** Makes an item ready after the settle delay of its oldest waiting trigger. */
    void readyWhenSettled(WorkItem item) {
        Duration remaining = settleDelay.isZero() ? settleDelay : settleDelay.minus(item.oldestAge(now()));
        if (remaining.isZero() || remaining.isNegative()) {
            ready(item, item.lane());
        } else {
            makeWaiting(item, WorkState.Reason.SETTLE_DELAY, remaining);
        }
    }

    void makeWaiting(WorkItem item, WorkState.Reason reason, Duration pause) {
        Duration remaining = pause.isNegative() ? Duration.ZERO : pause;
        ScheduledAction scheduled = scheduler.set(remaining, () -> rearrange(item));
        item.setState(new WorkState.Waiting(reason, now() + remaining.toNanos(), scheduled));
        if (reason == WorkState.Reason.BACK_OFF) {
            earlyRetries.add(item);
        }
        retries.update(item);
    }

    void detach(WorkItem item) {
        if (item.state() instanceof WorkState.Ready ready) {
            lanes.remove(ready.lane(), item);
        } else if (item.state() instanceof WorkState.Waiting waiting) {
            waiting.scheduled().cancel();
            if (waiting.reason() == WorkState.Reason.BACK_OFF) {
                earlyRetries.remove(item);
            }
        }
    }

    /** Adds a new item. */
    void add(WorkItem item) {
        items.put(item.work().key(), item);
        if (recentlyFailed.contains(item.work())) {
            item.ensureFailureState().isolate();
        }
    }

    void remove(WorkItem item) {
        items.remove(item.work().key());
        retries.remove(item);
    }

    /** Removes the waiting deliveries of assignments that end, and the items that have no others. */
    void drop(Set<OffsetTracker> leaving) {
        items.values().removeIf(item -> {
            item.drop(leaving);
            boolean isEmpty = !item.hasWaiting() && !(item.state() instanceof WorkState.Running);
            if (isEmpty) {
                detach(item);
                retries.remove(item);
            }
            return isEmpty;
        });
    }

    /** Returns the item of an id, or null if there is none. */
    @Nullable
    WorkItem item(String id) {
        return items.get(id);
    }

    boolean has(WorkItem item) {
        return items.get(item.work().key()) == item;
    }

    /** Makes an idle item ready, wherever it is. */
    void rearrange(WorkItem item) {
        detach(item);
        ready(item, item.lane());
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

    PausedIds pausedIds() {
        return pausedIds;
    }

    RetryCapacity retries() {
        return retries;
    }

    long now() {
        return clock.getAsLong();
    }
}
