package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The callers that wait for one id.
 *
 * <p>Threads: guarded by the engine's lock.
 */
final class AwaitedId {

    private static final DoublingPause PAUSE = new DoublingPause(Duration.ofMillis(100), Duration.ofSeconds(2));

    private final Work.Refresh work;
    private final Set<FreshRead> callers = new LinkedHashSet<>();
    private long highestAsked = -1;
    private long latestUnversioned = Long.MIN_VALUE;
    private @Nullable Long earliestDeadline;
    private OptionalLong answered = OptionalLong.empty();
    private @Nullable Duration lastPause;
    private @Nullable ScheduledAction pause;

    AwaitedId(Trigger trigger) {
        this.work = new Work.Refresh(trigger, RetryHistory.NONE);
    }

    Work.Refresh work() {
        return work;
    }

    String id() {
        return work.trigger().id();
    }

    /** Adds a caller. Returns whether it asks for more than those before it, so that it cannot share their pause. */
    boolean add(FreshRead caller) {
        callers.add(caller);
        if (earliestDeadline == null || caller.deadline() - earliestDeadline < 0) {
            earliestDeadline = caller.deadline();
        }
        if (caller.version().isEmpty()) {
            latestUnversioned = Math.max(latestUnversioned, caller.since());
            return true;
        }
        long asked = caller.version().getAsLong();
        boolean asksForMore = asked > highestAsked;
        highestAsked = Math.max(highestAsked, asked);
        return asksForMore;
    }

    void remove(FreshRead caller) {
        callers.remove(caller);
    }

    /** Returns the callers, for the answer of some of them while the result is iterated over. */
    List<FreshRead> callers() {
        return new ArrayList<>(callers);
    }

    boolean has(FreshRead caller) {
        return callers.contains(caller);
    }

    boolean isEmpty() {
        return callers.isEmpty();
    }

    /** Returns the latest time of a call that names no version, also of one that has left, or the minimum. */
    long latestUnversioned() {
        return latestUnversioned;
    }

    /** Returns the callers whose deadline is before a time. Costs little if there are none. */
    List<FreshRead> endingBefore(long time) {
        boolean mayBeSome = earliestDeadline != null && earliestDeadline - time < 0; // it may have left
        return mayBeSome
                ? callers.stream()
                        .filter(caller -> caller.deadline() - time < 0)
                        .toList()
                : List.of();
    }

    /** Records a version that a round has projected. */
    void answered(OptionalLong version) {
        if (version.orElse(-1) > answered.orElse(-1)) {
            answered = version;
        }
    }

    /** Returns the highest version that a round has projected while callers waited. */
    OptionalLong answered() {
        return answered;
    }

    /** Returns the next pause after an answer that was too old. */
    Duration nextPause() {
        lastPause = PAUSE.next(lastPause);
        return lastPause;
    }

    void pausesUntil(ScheduledAction action) {
        pause = action;
    }

    boolean isPausing() {
        return pause != null;
    }

    void endPause() {
        if (pause != null) {
            pause.cancel();
            pause = null;
        }
    }
}
