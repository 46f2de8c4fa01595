package io.triggerquery.consumer.internal.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What operators request of single ids.
 *
 * <p>Threads: any; the engine's lock guards all state.
 */
public final class IdRequests {

    private final WorkQueue queue;
    private final AppliedVersions appliedVersions;
    private final EngineLock lock;

    /** The engine's lock. */
    @FunctionalInterface
    interface EngineLock {

        /** Runs an action under the lock, and does what follows from it. Returns its result. */
        boolean run(BooleanSupplier action);
    }

    IdRequests(WorkQueue queue, AppliedVersions appliedVersions, EngineLock lock) {
        this.queue = queue;
        this.appliedVersions = appliedVersions;
        this.lock = lock;
    }

    /** Returns the applied version of an id that is remembered, or empty if none is. */
    public OptionalLong applied(String id) {
        return appliedVersions.of(id);
    }

    /** Retries a waiting id now. Returns whether it was waiting. */
    public boolean retryNow(String id) {
        return lock.run(() -> retryNow(queue.item(id)));
    }

    private boolean retryNow(@Nullable WorkItem item) {
        if (item == null || !(item.state() instanceof WorkState.Waiting)) {
            return false;
        }
        queue.rearrange(item);
        return true;
    }

    /**
     * Retries now all ids that wait after a failure whose cause contains a text.
     *
     * @param cause a part of the cause as one line
     * @return how many are retried
     */
    public int retryNowAfter(String cause) {
        var retried = new ArrayList<WorkItem>();
        lock.run(() -> {
            queue.items().stream().filter(item -> hasFailed(item, cause)).forEach(retried::add);
            retried.removeIf(item -> !retryNow(item));
            return !retried.isEmpty();
        });
        return retried.size();
    }

    private static boolean hasFailed(WorkItem item, String cause) {
        FailureState failureState = item.failureState();
        String last = failureState == null ? null : failureState.line();
        return last != null && last.contains(cause);
    }

    /**
     * Forgets the applied and the triggered version of an id: the next answer settles it, the next trigger is queried.
     */
    public void forget(String id) {
        appliedVersions.forget(id);
        lock.run(() -> {
            WorkItem item = queue.item(id);
            if (item != null) {
                item.forgetVersion();
            }
            return retryNow(item);
        });
    }

    /**
     * Queries an id no more for a time: its triggers are deferred until then. A round that runs for it is completed.
     *
     * @param remaining how long the pause still lasts; it replaces a former one
     */
    public void pause(String id, Duration remaining) {
        lock.run(() -> {
            queue.pausedIds().put(id, remaining);
            WorkItem item = queue.item(id);
            if (item == null || item.state() instanceof WorkState.Running) {
                return false;
            }
            boolean leaves = item.state() instanceof WorkState.Ready ready
                    && !ready.lane().queriesSource();
            if (!leaves) {
                queue.rearrange(item);
            }
            return !leaves;
        });
    }

    /** Queries an id again that was paused. */
    public void resume(String id) {
        lock.run(() -> {
            WorkItem item = queue.item(id);
            boolean waited = queue.pausedIds().remove(id)
                    && item != null
                    && item.state() instanceof WorkState.Waiting waiting
                    && waiting.reason() == WorkState.Reason.PAUSED;
            return waited && retryNow(item);
        });
    }
}
