package io.triggerquery.consumer.engine;

import io.triggerquery.consumer.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private final Map<Object, WorkItem> items = new HashMap<>();
    private final Duration settleDelay;
    private final Duration absentGrace;
    private final int maxBatch;
    private final BackOff backOff;
    private final Alarms alarms;
    private final LongSupplier clock;
    private final Lanes lanes;
    private final WaitingRoom waitingRoom;
    private final Suspects suspects = new Suspects();

    /** Sets alarms that ring under the engine's lock. */
    interface Alarms {
        Alarm set(Duration delay, Runnable action);
    }

    WorkQueue(EngineSettings settings, Pipeline<?> pipeline, Alarms alarms, LongSupplier clock) {
        this.settleDelay = settings.patience().settleDelay();
        this.absentGrace = settings.patience().absentGrace();
        this.maxBatch = Math.min(settings.limits().maxBatch(), pipeline.query().maxIds());
        this.backOff = pipeline.backOff();
        this.alarms = alarms;
        this.clock = clock;
        this.lanes = new Lanes(settings.limits().concurrency());
        this.waitingRoom = new WaitingRoom(settings.limits().maxWaiting());
    }

    /**
     * Takes in what has arrived.
     *
     * @param live whether somebody waits for it, as for every message; a comparison can wait
     */
    void offer(OpenDelivery arrived, boolean live) {
        Work work = arrived.delivery().work();
        WorkItem known = items.get(work.key());
        WorkItem item = known == null ? new WorkItem(work, Lane.LIVE.ready()) : known;
        item.merge(arrived, live);
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
        } else if (live && past.failures() == 0) {
            hurry(item);
        }
    }

    private void admit(WorkItem item, Past past) {
        if (item.work() instanceof Work.Bury) {
            ready(item, item.lane());
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
        lanes.begun(lane);
        return lane.asksTheSource() ? takeTogether(lane) : takeAside(lane);
    }

    private Batch takeTogether(Lane lane) {
        int most = Math.min(maxBatch, lanes.ready(lane));
        List<WorkItem> taken = new ArrayList<>(most);
        List<Batch.Ask> asks = new ArrayList<>(most);
        int company = maxBatch;
        while (taken.size() < Math.min(most, company)) {
            WorkItem item = Objects.requireNonNull(lanes.first(lane));
            Trouble trouble = item.trouble();
            int itsCompany = trouble == null ? maxBatch : trouble.company();
            if (!taken.isEmpty() && itsCompany != company) {
                break; // who failed together is tried together, and draws nobody else in
            }
            company = itsCompany;
            lanes.remove(lane, item);
            taken.add(item);
            asks.add(ask(item, trouble));
        }
        return new Batch.Refresh(lane, taken, asks);
    }

    private Batch.Ask ask(WorkItem item, @Nullable Trouble trouble) {
        WorkState.Running running = item.take(now() - settleDelay.toNanos());
        return new Batch.Ask(
                Objects.requireNonNull(running.trigger()),
                trouble == null ? 0 : trouble.unanswered(),
                absentGrace.isZero() || trouble != null && trouble.absentFor(absentGrace, now()));
    }

    private Batch takeAside(Lane lane) {
        WorkItem item = Objects.requireNonNull(lanes.first(lane));
        lanes.remove(lane, item);
        Trigger trigger = item.take(now()).trigger();
        if (item.work() instanceof Work.Bury bury) {
            return new Batch.BuryMessage(item, bury);
        }
        Trouble trouble = item.inTrouble();
        Past past = new Past(trouble.failures(), trouble.failingFor(now()), Duration.ZERO);
        return lane == Lane.PARK
                ? new Batch.Park(item, Objects.requireNonNull(trigger), past)
                : new Batch.BuryTrigger(item, Objects.requireNonNull(trigger), Objects.requireNonNull(trouble.cause()));
    }

    void ready(WorkItem item, Lane lane) {
        item.become(lane.ready());
        lanes.add(lane, item);
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
        waitingRoom.enter(reason);
        Alarm alarm = alarms.set(rest, () -> {
            waitingRoom.leave(reason);
            ready(item, item.lane());
        });
        item.become(new WorkState.Waiting(reason, alarm));
    }

    private void leave(WorkItem item) {
        if (item.state() instanceof WorkState.Ready ready) {
            lanes.remove(ready.lane(), item);
        } else if (item.state() instanceof WorkState.Waiting waiting) {
            waiting.alarm().cancel();
            waitingRoom.leave(waiting.reason());
        }
    }

    void remove(WorkItem item) {
        items.remove(item.work().key());
    }

    /** Forgets what waits, for a worker or for a later round, on behalf of assignments that are ending. */
    void drop(Set<OffsetTracker> leaving) {
        items.values().removeIf(item -> {
            item.drop(leaving);
            boolean forgotten = !item.hasWaiting() && !(item.state() instanceof WorkState.Running);
            if (forgotten) {
                leave(item);
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
        return lanes.takeable(maxBatch);
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

    WaitingRoom waitingRoom() {
        return waitingRoom;
    }

    long now() {
        return clock.getAsLong();
    }
}
