package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One id to process, with its merged deliveries.
 *
 * <p>For each assignment it keeps the newest delivery only. An older one is superseded: as long as the newer one is not
 * committed, a crash replays it, and its query covers both. Only one that asks for more than the newest is kept too: what
 * is replayed must not be content with less. What the merged triggers ask for together is kept as one
 * trigger: the highest version, the earliest time. Of their contexts the newest is kept.
 *
 * <p>Threads: guarded by the engine's lock. Bounds: two waiting deliveries for each assigned partition.
 */
final class WorkItem extends IntrusiveList.Link<WorkItem> {

    private final Work work;
    private List<OpenDelivery> waiting = List.of();
    private WorkState state;
    private @Nullable Trigger wanted;
    private @Nullable Object context;
    private @Nullable FailureState failureState;
    private boolean live;
    private boolean triggeredAgain;
    private boolean fromRetryTopic;
    private boolean counted;

    WorkItem(Work work, WorkState state) {
        this.work = work;
        this.state = state;
    }

    /** What its first delivery asked for. */
    Work work() {
        return work;
    }

    WorkState state() {
        return state;
    }

    void become(WorkState next) {
        state = next;
    }

    /** What has gone wrong since it was last applied, or null if nothing has. */
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

    void outOfTrouble() {
        failureState = null;
    }

    int failures() {
        return failureState == null ? 0 : failureState.failures();
    }

    /** Whether it stays here as one that has failed, waits for a better answer, or came from the retry topic. */
    boolean needsRetryCapacity() {
        boolean leaves = state instanceof WorkState.Ready ready && ready.lane() == Lane.DEFER;
        boolean waits =
                state instanceof WorkState.Waiting waiting && waiting.reason().isRetry();
        return waits || (fromRetryTopic || failures() > 0) && !leaves;
    }

    void cameFromRetryTopic() {
        fromRetryTopic = true;
    }

    /** Whether one of its triggers came from the retry topic. */
    boolean isFromRetryTopic() {
        return fromRetryTopic;
    }

    /** When its earliest waiting trigger was sent. */
    Instant sentAt() {
        return Objects.requireNonNull(wanted).producedAt();
    }

    /** Whether nothing is known against it but that it may have been in a batch that failed. */
    boolean hasNeverFailed() {
        return failureState == null || failureState.hasNeverFailed();
    }

    /** Whether {@link RetryCapacity} has counted it. */
    boolean isCounted() {
        return counted;
    }

    void counted(boolean isCounted) {
        counted = isCounted;
    }

    /** The lane in which it is to be queried, or sent to the dead-letter topic if it is no trigger. */
    Lane lane() {
        if (work instanceof Work.DeadLetter) {
            return Lane.DEAD_LETTER;
        }
        return failureState != null ? Lane.ISOLATED : live ? Lane.LIVE : Lane.RESYNC;
    }

    /** Merges a delivery that has just arrived. */
    void merge(OpenDelivery arrived, boolean isLive) {
        live |= isLive;
        if (failureState != null) {
            failureState.triggered();
        }
        if (arrived.delivery().work() instanceof Work.Refresh refresh) {
            wanted = merged(wanted, refresh.trigger());
            context = refresh.context() == null ? context : refresh.context();
        }
        await(arrived);
    }

    /** Of those of one assignment only the first can ask for more than one that came later. */
    private void await(OpenDelivery newest) {
        List<OpenDelivery> kept = new ArrayList<>();
        boolean first = true;
        for (OpenDelivery older : waiting) {
            boolean ofTheSame = older.tracker() == newest.tracker();
            if (!ofTheSame || first && older.asksForMoreThan(newest)) {
                kept.add(older);
            } else {
                older.tracker().settle(older);
            }
            first &= !ofTheSame;
        }
        if (kept.isEmpty()) {
            waiting = List.of(newest); // as for nearly all: their messages come by one partition
        } else {
            kept.add(newest);
            waiting = List.copyOf(kept);
        }
    }

    /** Lets an answer of any version settle it; a round that runs learns of it when it ends. */
    void forgetVersion() {
        wanted = withoutVersion(wanted);
        if (state instanceof WorkState.Running running) {
            state = new WorkState.Running(running.taken(), withoutVersion(running.trigger()), running.context());
        }
    }

    private static @Nullable Trigger withoutVersion(@Nullable Trigger trigger) {
        return trigger == null
                ? null
                : new Trigger(trigger.topic(), trigger.id(), OptionalLong.empty(), trigger.producedAt());
    }

    /** A new trigger has come while a round runs. */
    void triggerAgain() {
        triggeredAgain = true;
    }

    /** Whether a new trigger has come since the last round began. */
    boolean triggeredAgain() {
        return triggeredAgain;
    }

    /** Hands over to a round what has waited for long enough. */
    WorkState.Running take(long arrivedUntil) {
        triggeredAgain = false;
        List<OpenDelivery> taken = waiting;
        waiting = List.of();
        if (youngest(taken) > arrivedUntil) {
            waiting = taken.stream()
                    .filter(delivery -> delivery.arrivedAt() > arrivedUntil)
                    .toList();
            taken = taken.stream()
                    .filter(delivery -> delivery.arrivedAt() <= arrivedUntil)
                    .toList();
        }
        for (OpenDelivery delivery : taken) {
            delivery.tracker().started();
        }
        var running = new WorkState.Running(taken, wanted, context);
        wanted = waiting.isEmpty() ? null : wanted;
        state = running;
        return running;
    }

    private static long youngest(List<OpenDelivery> deliveries) {
        long youngest = Long.MIN_VALUE;
        for (OpenDelivery delivery : deliveries) {
            youngest = Math.max(youngest, delivery.arrivedAt());
        }
        return youngest;
    }

    /** Takes back what a round could not settle, unless it has been superseded or is no longer ours. */
    void takeBack(WorkState.Running running) {
        List<OpenDelivery> later = waiting;
        waiting = running.taken().stream()
                .filter(delivery -> delivery.tracker().assigned())
                .toList();
        later.forEach(this::await);
        if (running.trigger() != null) {
            wanted = merged(wanted, running.trigger());
        }
    }

    /** Forgets what waits for assignments. */
    void drop(Set<OffsetTracker> leaving) {
        waiting = waiting.stream()
                .filter(delivery -> !leaving.contains(delivery.tracker()))
                .toList();
    }

    List<OpenDelivery> waiting() {
        return waiting;
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    private static Trigger merged(@Nullable Trigger one, Trigger other) {
        if (one == null) {
            return other;
        }
        OptionalLong version = one.version().orElse(-1) < other.version().orElse(-1) ? other.version() : one.version();
        Instant earliest = one.producedAt().isAfter(other.producedAt()) ? other.producedAt() : one.producedAt();
        if (version == one.version() && earliest == one.producedAt()) {
            return one;
        }
        return new Trigger(one.topic(), one.id(), version, earliest);
    }
}
