package io.triggerquery.consumer.engine;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One id to do, with its merged deliveries.
 *
 * <p>For each assignment it keeps the newest delivery only. An older one is superseded: as long as the newer one is not
 * committed, a crash replays it, and its query covers both.
 *
 * <p>Threads: guarded by the engine's lock, except for {@link #work()} and {@link #unanswered()}, which the worker of the
 * running round may read. Bounds: one waiting delivery for each assigned partition.
 */
final class WorkItem {

    private final Map<OffsetTracker, OpenDelivery> waiting = new LinkedHashMap<>(2);
    private WorkState state = new WorkState.Ready();
    private Work work;
    private int failures;
    private int unanswered;

    WorkItem(Work work) {
        this.work = work;
    }

    /** What to do in the next round, or in the one that runs. */
    Work work() {
        return work;
    }

    /** How many rounds have failed in a row. */
    int failures() {
        return failures;
    }

    /** For how many of them in a row the source had no answer. */
    int unanswered() {
        return unanswered;
    }

    WorkState state() {
        return state;
    }

    void become(WorkState next) {
        state = next;
    }

    /** Merges a delivery that has just arrived. */
    void merge(OpenDelivery arrived) {
        OpenDelivery superseded = waiting.put(arrived.tracker(), arrived);
        if (superseded != null) {
            superseded.tracker().settle(superseded);
        }
    }

    /** Hands over what waits to a round. */
    List<OpenDelivery> takeWaiting() {
        List<OpenDelivery> taken = List.copyOf(waiting.values());
        waiting.clear();
        work = taken.get(0).delivery().work();
        return taken;
    }

    /** Takes back what a round could not settle, unless it has been superseded or is no longer ours. */
    void takeBack(Collection<OpenDelivery> unsettled) {
        for (OpenDelivery delivery : unsettled) {
            OffsetTracker tracker = delivery.tracker();
            if (tracker.assigned() && waiting.putIfAbsent(tracker, delivery) != null) {
                tracker.settle(delivery);
            }
        }
    }

    /** Forgets what waits for an assignment, and calls the back-off off if that was all. */
    void drop(OffsetTracker tracker) {
        waiting.remove(tracker);
        if (waiting.isEmpty() && state instanceof WorkState.BackingOff backingOff) {
            backingOff.alarm().cancel();
        }
    }

    /** Nothing waits and nothing runs. */
    boolean isIdle() {
        return waiting.isEmpty() && !(state instanceof WorkState.Running);
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    void succeeded() {
        failures = 0;
        unanswered = 0;
    }

    void failed(boolean answered) {
        failures++;
        unanswered = answered ? 0 : unanswered + 1;
    }
}
