package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One id to process, with its merged deliveries.
 *
 * <p>For each assignment it keeps the newest delivery. An older one is superseded: as long as the newer one is not
 * committed, a crash replays it, and its query covers both. One older delivery with a higher version than the newest is
 * kept too, so that the replay requires no less. The merged trigger has the highest version and the earliest time of
 * all. Of their contexts the newest is kept.
 *
 * <p>Threads: guarded by the engine's lock. Bounds: two waiting deliveries for each assigned partition.
 */
final class WorkItem extends IntrusiveList.Link<WorkItem> {

    private final Work work;
    private List<OpenDelivery> waiting = List.of();
    private WorkState state;
    private @Nullable Trigger mergedTrigger;
    private @Nullable Object context;
    private @Nullable FailureState failureState;
    private boolean live;
    private boolean urgent;
    private boolean triggeredAgain;
    private boolean fromRetryTopic;
    private boolean counted;

    WorkItem(Work work, WorkState state) {
        this.work = work;
        this.state = state;
    }

    /** Returns the work of its first delivery. */
    Work work() {
        return work;
    }

    WorkState state() {
        return state;
    }

    void setState(WorkState next) {
        state = next;
    }

    /** Returns the failures since it was last applied, or null if there are none. */
    @Nullable
    FailureState failureState() {
        return failureState;
    }

    FailureState ensureFailureState() {
        if (failureState == null) {
            failureState = new FailureState();
        }
        return failureState;
    }

    void clearFailures() {
        failureState = null;
    }

    int failures() {
        return failureState == null ? 0 : failureState.failures();
    }

    /**
     * Returns whether it counts as a failing id in memory: it has failed, waits for another answer, or came from the
     * retry topic. A record that cannot be decoded does not: it could only be dead-lettered to make room. Neither does
     * an id without a trigger, for which only a caller waits.
     */
    boolean needsRetryCapacity() {
        if (work instanceof Work.Undecoded) {
            return false;
        }
        boolean leaves = state instanceof WorkState.Ready ready && ready.lane() == Lane.DEFER;
        boolean waits =
                state instanceof WorkState.Waiting waiting && waiting.reason().isRetry();
        return (waits || (fromRetryTopic || failures() > 0) && !leaves) && !(urgent && isOnlyAwaited());
    }

    void markFromRetryTopic() {
        fromRetryTopic = true;
    }

    /** Returns whether one of its triggers came from the retry topic. */
    boolean isFromRetryTopic() {
        return fromRetryTopic;
    }

    /** Returns when its earliest waiting trigger was sent. */
    Instant sentAt() {
        return Objects.requireNonNull(mergedTrigger).producedAt();
    }

    /** Returns whether it has failed at most as part of batches. */
    boolean hasNeverFailed() {
        return failureState == null || failureState.hasNeverFailed();
    }

    /** Returns whether {@link RetryCapacity} has counted it. */
    boolean isCounted() {
        return counted;
    }

    void setCounted(boolean isCounted) {
        counted = isCounted;
    }

    /** Returns the lane for its next round that is not a deferral. */
    Lane lane() {
        if (work instanceof Work.DeadLetter) {
            return Lane.DEAD_LETTER;
        }
        boolean alone = failureState != null || work instanceof Work.Undecoded;
        return alone ? Lane.ISOLATED : urgent ? Lane.URGENT : live ? Lane.LIVE : Lane.RESYNC;
    }

    /** Returns whether a caller waits for it. */
    boolean isUrgent() {
        return urgent;
    }

    void setUrgent(boolean isUrgent) {
        urgent = isUrgent;
    }

    /** Adds the request of a caller. It requires no version, and says nothing about a state that is absent. */
    void mergeAwaited(OpenDelivery requested) {
        urgent = true;
        mergedTrigger = MergedTrigger.of(
                mergedTrigger, ((Work.Refresh) requested.delivery().work()).trigger());
        addWaiting(requested);
    }

    /** Returns whether nothing but the request of a caller waits. */
    boolean isOnlyAwaited() {
        return waiting.stream().allMatch(Assignments::isAwaited);
    }

    /** Merges a delivery that has just arrived. */
    void merge(OpenDelivery arrived, boolean isLive) {
        live |= isLive;
        if (failureState != null) {
            failureState.triggered();
        }
        if (arrived.delivery().work() instanceof Work.Refresh refresh) {
            mergedTrigger = MergedTrigger.of(mergedTrigger, refresh.trigger());
            context = refresh.context() == null ? context : refresh.context();
        }
        addWaiting(arrived);
    }

    /**
     * Adds a waiting delivery. Of those of one assignment, only the first can have a higher version than a later one.
     */
    private void addWaiting(OpenDelivery latest) {
        List<OpenDelivery> kept = waiting.isEmpty() ? List.of() : stillWaiting(latest);
        if (kept.isEmpty()) {
            waiting = List.of(latest); // the common case: all messages of an id are in one partition
        } else {
            kept.add(latest);
            waiting = List.copyOf(kept);
        }
    }

    /** Returns the waiting deliveries that a later one does not supersede, and settles the others. */
    private List<OpenDelivery> stillWaiting(OpenDelivery latest) {
        List<OpenDelivery> kept = List.of(); // not created in vain: this runs for each trigger of an id that waits
        boolean first = true;
        for (int i = 0; i < waiting.size(); i++) {
            OpenDelivery older = waiting.get(i);
            boolean sameAssignment = older.tracker() == latest.tracker();
            if (!sameAssignment || first && older.requiresMoreThan(latest)) {
                kept = kept.isEmpty() ? new ArrayList<>(waiting.size() + 1) : kept;
                kept.add(older);
            } else {
                older.tracker().settle(older);
            }
            first &= !sameAssignment;
        }
        return kept;
    }

    /**
     * Removes the version of its trigger, so that any answer settles it; for a running round this applies when it ends.
     */
    void forgetVersion() {
        mergedTrigger = MergedTrigger.withoutVersion(mergedTrigger);
        if (state instanceof WorkState.Running running) {
            Trigger any = MergedTrigger.withoutVersion(running.trigger());
            state = new WorkState.Running(running.taken(), any, running.context(), running.round());
        }
    }

    /** Records that a new trigger has arrived during a round. */
    void markTriggeredAgain() {
        triggeredAgain = true;
    }

    /** Returns whether a new trigger has arrived since the last round began. */
    boolean triggeredAgain() {
        return triggeredAgain;
    }

    /** Hands the deliveries that arrived up to the given time to a round. */
    WorkState.Running take(long maxArrivalTime, RoundProgress round) {
        triggeredAgain = false;
        round.taken();
        List<OpenDelivery> taken = waiting;
        waiting = List.of();
        if (latestArrival(taken) > maxArrivalTime) {
            waiting = taken.stream()
                    .filter(delivery -> delivery.arrivedAt() > maxArrivalTime)
                    .toList();
            taken = taken.stream()
                    .filter(delivery -> delivery.arrivedAt() <= maxArrivalTime)
                    .toList();
        }
        for (OpenDelivery delivery : taken) {
            delivery.tracker().started();
        }
        var running = new WorkState.Running(taken, mergedTrigger, context, round);
        mergedTrigger = waiting.isEmpty() ? null : mergedTrigger;
        state = running;
        return running;
    }

    private static long latestArrival(List<OpenDelivery> deliveries) {
        long latestArrival = Long.MIN_VALUE;
        for (OpenDelivery delivery : deliveries) {
            latestArrival = Math.max(latestArrival, delivery.arrivedAt());
        }
        return latestArrival;
    }

    /**
     * Takes back the deliveries of a round that did not settle them, unless they were superseded or their partition is
     * no longer assigned.
     */
    void takeBack(WorkState.Running running) {
        List<OpenDelivery> later = waiting;
        waiting = running.taken().stream()
                .filter(delivery -> delivery.tracker().assigned())
                .toList();
        later.forEach(this::addWaiting);
        if (running.trigger() != null) {
            mergedTrigger = MergedTrigger.of(mergedTrigger, running.trigger());
        }
    }

    /** Removes the waiting deliveries of assignments. */
    void drop(Set<OffsetTracker> leaving) {
        waiting = waiting.stream()
                .filter(delivery -> !leaving.contains(delivery.tracker()))
                .toList();
    }

    /** Returns the age of its oldest waiting delivery, or zero if none waits. */
    Duration oldestAge(long now) {
        long oldest = waiting.stream().mapToLong(OpenDelivery::arrivedAt).min().orElse(now);
        return Duration.ofNanos(now - oldest);
    }

    /** Returns the merged trigger of all its deliveries, or null for a message that is no trigger. */
    @Nullable
    Trigger trigger() {
        Trigger runs = state instanceof WorkState.Running running ? running.trigger() : null;
        return runs == null ? mergedTrigger : MergedTrigger.of(mergedTrigger, runs);
    }

    List<OpenDelivery> waiting() {
        return waiting;
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }
}
