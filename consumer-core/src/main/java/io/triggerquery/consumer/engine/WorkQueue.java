package io.triggerquery.consumer.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The ids to do, each at most once: waiting for a worker, running, or backing off after a failure.
 *
 * <p>The semantics are those of the work queue in Kubernetes' client-go: what is waiting already absorbs what arrives;
 * what arrives while its id runs makes for exactly one more round; success forgets the failures; a new trigger ends a
 * back-off at once but leaves the count of failures.
 *
 * <p>Threads: guarded by the engine's lock. Bounds: one item for each id with an open delivery, hence {@link
 * EngineSettings#maxPending()}. Failure: throws nothing; no item leaves without its deliveries settled or dropped.
 */
final class WorkQueue {

    private final Map<Object, WorkItem> items = new HashMap<>();
    private final Queue<WorkItem> ready = new ArrayDeque<>();
    private final Queue<WorkItem> toBury = new ArrayDeque<>();
    private final BackOff backOff;
    private final Alarms alarms;
    private boolean held;
    private boolean burying;

    /** Sets alarms that ring under the engine's lock. */
    interface Alarms {
        Alarm set(Duration delay, Runnable action);
    }

    WorkQueue(BackOff backOff, Alarms alarms) {
        this.backOff = backOff;
        this.alarms = alarms;
    }

    void offer(OpenDelivery arrived) {
        Work work = arrived.delivery().work();
        WorkItem known = items.get(work.key());
        if (known == null) {
            WorkItem item = new WorkItem(work);
            item.merge(arrived);
            items.put(work.key(), item);
            makeReady(item);
            return;
        }
        known.merge(arrived);
        if (known.state() instanceof WorkState.BackingOff backingOff) {
            backingOff.alarm().cancel();
            makeReady(known);
        }
    }

    /** The next id to do, or null if none may be done now. */
    @Nullable
    WorkItem take() {
        WorkItem item = mayBury() ? toBury.poll() : held ? null : ready.poll();
        if (item != null) {
            burying |= item.work() instanceof Work.Bury;
            List<OpenDelivery> taken = item.takeWaiting();
            taken.forEach(delivery -> delivery.tracker().started());
            item.become(new WorkState.Running(taken));
        }
        return item;
    }

    /** Dead letters wait for no source, and one at a time, so that they never take the workers from the ids. */
    private boolean mayBury() {
        return !burying && !toBury.isEmpty();
    }

    /** The round succeeded: it settles what it had taken. */
    void applied(WorkItem item) {
        item.succeeded();
        List<OpenDelivery> taken = finish(item);
        taken.forEach(delivery -> delivery.tracker().settle(delivery));
        taken.forEach(delivery -> delivery.tracker().finished());
        if (item.hasWaiting()) {
            makeReady(item);
        } else {
            items.remove(item.work().key());
        }
    }

    /** The round failed: try again after a pause, or at once if a trigger has arrived since. Returns the pause. */
    Duration failed(WorkItem item, boolean answered) {
        item.failed(answered);
        boolean triggeredAgain = item.hasWaiting();
        if (!requeue(item)) {
            return Duration.ZERO;
        }
        if (triggeredAgain) {
            makeReady(item);
            return Duration.ZERO;
        }
        Duration pause = backOff.after(item.failures());
        item.become(new WorkState.BackingOff(alarms.set(pause, () -> makeReady(item))));
        return pause;
    }

    /** The source was not asked: nothing is taken from here until the pause is over, and no failure is counted. */
    void refused(WorkItem item, Duration pause) {
        if (requeue(item)) {
            makeReady(item);
        }
        if (!held) {
            held = true;
            alarms.set(pause, () -> held = false);
        }
    }

    /** Forgets what waits, for a worker or for a later round, on behalf of assignments that are ending. */
    void drop(Collection<OffsetTracker> leaving) {
        items.values().forEach(item -> leaving.forEach(item::drop));
        ready.removeIf(item -> !item.hasWaiting());
        toBury.removeIf(item -> !item.hasWaiting());
        items.values().removeIf(WorkItem::isIdle);
    }

    /** How many items a worker could take now. */
    int takeable() {
        return (held ? 0 : ready.size()) + (mayBury() ? 1 : 0);
    }

    /** Puts a round's deliveries back and says whether any of them is still wanted. */
    private boolean requeue(WorkItem item) {
        List<OpenDelivery> taken = finish(item);
        item.takeBack(taken);
        taken.forEach(delivery -> delivery.tracker().finished());
        if (!item.hasWaiting()) {
            items.remove(item.work().key());
            return false;
        }
        return true;
    }

    private List<OpenDelivery> finish(WorkItem item) {
        burying &= !(item.work() instanceof Work.Bury);
        return ((WorkState.Running) item.state()).taken();
    }

    private void makeReady(WorkItem item) {
        item.become(new WorkState.Ready());
        (item.work() instanceof Work.Bury ? toBury : ready).add(item);
    }
}
