package io.triggerquery.consumer.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The ids to do, each at most once: ready in a lane, running, or waiting for a moment.
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
    private final Alarms alarms;
    private final LongSupplier clock;
    private final Lanes lanes;
    private final Batches batches;
    private final RetryCapacity retries;
    private final Recovery recovery;
    private final String retryTopic;
    private final Suspects suspects = new Suspects();

    /** Sets alarms that ring under the engine's lock. */
    interface Alarms {
        Alarm set(Duration delay, Runnable action);
    }

    WorkQueue(EngineSettings settings, Pipeline<?> pipeline, Alarms alarms, LongSupplier clock) {
        this.settleDelay = settings.patience().settleDelay();
        int maxBatch = Math.min(settings.limits().maxBatch(), pipeline.query().maxIds());
        this.backOff = pipeline.backOff();
        this.alarms = alarms;
        this.clock = clock;
        this.lanes = new Lanes(settings.limits().concurrency(), maxBatch);
        this.batches = new Batches(lanes, settings.patience(), maxBatch, clock);
        this.retries = new RetryCapacity(settings.limits().maxWaiting());
        this.recovery = new Recovery(settings.limits().maxWaiting());
        this.retryTopic = pipeline.outlets().retryTopic();
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
        Past past = work instanceof Work.Refresh refresh ? refresh.past() : Past.NONE;
        if (past.failures() > 0) {
            item.inTrouble().remember(past, now());
        }
        if (known == null) {
            items.put(work.key(), item);
            if (suspects.contains(work)) {
                item.inTrouble().suspect();
            }
            admit(item, past);
        } else if (live) {
            hurry(item);
        }
        retries.update(item);
    }

    private void admit(WorkItem item, Past past) {
        if (item.work() instanceof Work.Bury) {
            ready(item, item.lane());
        } else if (past.failures() > 0 && recovery.takeEarlyTry()) {
            tryEarly(item);
        } else if (past.failures() > 0) {
            await(
                    item,
                    WorkState.Reason.BACK_OFF,
                    backOff.after(past.failingFor().minus(past.waited())).minus(past.waited()));
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
                && waiting.reason().isTrouble();
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
            alarms.set(REST, () -> lanes.rest(lane, false));
        }
        lanes.begun(lane);
        return batches.take(lane);
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
        Trouble trouble = item.trouble();
        boolean isHere = items.get(item.work().key()) == item && !(item.state() instanceof WorkState.Running);
        if (trouble == null || !isHere) {
            return;
        }
        boolean settles = item.state() instanceof WorkState.Waiting waiting
                && !waiting.reason().isTrouble();
        if (!settles) {
            leave(item);
        }
        if (trouble.forgive()) {
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
        recovery.succeeded();
        for (WorkItem item = recovery.next(); item != null; item = recovery.next()) {
            leave(item);
            tryEarly(item);
        }
    }

    /** A failing id has failed again by itself. */
    void failedAgain() {
        recovery.failed();
    }

    private void tryEarly(WorkItem item) {
        item.inTrouble().mayBeBatched();
        ready(item, item.lane());
    }

    /** Sends an item to the retry topic that is ready or waits. Returns what its triggers weigh. */
    long park(WorkItem item) {
        leave(item);
        ready(item, Lane.PARK);
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
        Alarm alarm = alarms.set(rest, () -> {
            leave(item);
            ready(item, item.lane());
        });
        item.become(new WorkState.Waiting(reason, alarm));
        if (reason == WorkState.Reason.BACK_OFF) {
            recovery.add(item);
        }
        retries.update(item);
    }

    private void leave(WorkItem item) {
        if (item.state() instanceof WorkState.Ready ready) {
            lanes.remove(ready.lane(), item);
        } else if (item.state() instanceof WorkState.Waiting waiting) {
            waiting.alarm().cancel();
            if (waiting.reason() == WorkState.Reason.BACK_OFF) {
                recovery.remove(item);
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

    Suspects suspects() {
        return suspects;
    }

    RetryCapacity retries() {
        return retries;
    }

    long now() {
        return clock.getAsLong();
    }
}
