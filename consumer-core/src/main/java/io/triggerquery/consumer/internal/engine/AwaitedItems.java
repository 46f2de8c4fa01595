package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FreshnessResult.Reason;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requests rounds for ids that callers wait for, and withdraws the requests.
 *
 * <p>Threads: guarded by the engine's lock.
 */
final class AwaitedItems {

    /** How often callers may end the pause of an id that was not applied. */
    private static final Duration PAUSE_ENDED_AT_MOST_EVERY = Duration.ofSeconds(1);

    private final WorkQueue queue;
    private final Assignments assignments;
    private final Duration settleDelay;

    AwaitedItems(WorkQueue queue, Assignments assignments, Duration settleDelay) {
        this.queue = queue;
        this.assignments = assignments;
        this.settleDelay = settleDelay;
    }

    /** Returns why an id is not queried now, or null if it is. */
    @Nullable
    Reason refusal(String id) {
        if (queue.pausedIds().contains(id)) {
            return Reason.ID_PAUSED;
        }
        WorkItem item = queue.item(id);
        Lane lane = item != null && item.state() instanceof WorkState.Ready ready ? ready.lane() : Lane.URGENT;
        return lane.queriesSource() ? null : reason(id, lane);
    }

    /** Returns why an id is not queried that is in a lane without queries. */
    Reason reason(String id, Lane lane) {
        if (queue.pausedIds().contains(id)) {
            return Reason.ID_PAUSED;
        }
        return lane == Lane.DEAD_LETTER ? Reason.FAILED : Reason.FAILING;
    }

    /** Requests a round for an id that does not run, unless one is requested already, and lets the id go first. */
    WorkItem ask(AwaitedId each) {
        WorkItem known = queue.item(each.id());
        if (known == null) {
            WorkItem item = new WorkItem(each.work(), Lane.URGENT.ready());
            queue.add(item);
            request(each, item);
            queue.readyWhenSettled(item);
            return item;
        }
        request(each, known);
        boolean paused = waitsForRetry(known);
        if (!paused || known.ensureFailureState().endsPause(PAUSE_ENDED_AT_MOST_EVERY, queue.now())) {
            moveForward(known);
        }
        return known;
    }

    /** Returns whether the last round has not applied an item, so that it waits. */
    static boolean waitsForRetry(WorkItem item) {
        return item.state() instanceof WorkState.Waiting waiting
                && waiting.reason().isRetry();
    }

    private void moveForward(WorkItem item) {
        queue.detach(item);
        queue.readyWhenSettled(item);
    }

    /**
     * Adds a request to an item, unless it has one. Only a caller that names no version has to wait for the settle
     * delay: an answer older than a named one is noticed.
     */
    void request(AwaitedId each, WorkItem item) {
        long latest = each.latestUnversioned();
        boolean isRequested = item.waiting().stream()
                .anyMatch(delivery -> Assignments.isAwaited(delivery) && delivery.arrivedAt() >= latest);
        if (!isRequested) {
            long settled = queue.now() - settleDelay.toNanos();
            item.mergeAwaited(assignments.await(each.work(), Math.max(settled, latest)));
        }
        item.setUrgent(true);
    }

    /** Lets an item that does not run go on without callers, or removes it if nothing else is to be done for it. */
    void release(WorkItem item) {
        if (!withdraw(item)) {
            queue.detach(item);
            queue.remove(item);
        } else if (item.state() instanceof WorkState.Ready ready && ready.lane() == Lane.URGENT) {
            queue.rearrange(item);
        }
    }

    /** Withdraws the request from an item. Returns whether triggers are left in it. */
    boolean withdraw(WorkItem item) {
        item.setUrgent(false);
        item.waiting().stream().filter(Assignments::isAwaited).forEach(assignments.awaited()::settle);
        item.drop(Set.of(assignments.awaited()));
        return item.hasWaiting();
    }

    /** Returns whether requests are left. */
    boolean any() {
        return assignments.awaited().open() > 0;
    }
}
