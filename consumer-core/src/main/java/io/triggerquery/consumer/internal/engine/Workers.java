package io.triggerquery.consumer.internal.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Starts workers up to a limit; each ends when nothing is ready. A worker is a permit, not a thread: it has none while
 * its answer is pending.
 *
 * <p>Threads: guarded by the engine's lock. A worker finds no work and retires under the same lock under which arrivals
 * start workers, so no wake-up is lost.
 */
final class Workers {

    private final int limit;
    private final Executor executor;
    private final WorkQueue.ActionScheduler scheduler;
    private int active;
    private int starting;
    private boolean retryScheduled;

    /**
     * Creates workers.
     *
     * @param scheduler schedules another start after no thread was available; each of its actions is followed by one
     */
    Workers(int limit, Executor executor, WorkQueue.ActionScheduler scheduler) {
        this.limit = limit;
        this.executor = executor;
        this.scheduler = scheduler;
    }

    /** Starts workers for the rounds that could begin, minus the workers that have started and not yet taken one. */
    void start(int startableRounds, Runnable worker) {
        while (starting < startableRounds && active < limit) {
            try {
                executor.execute(worker);
            } catch (RejectedExecutionException | OutOfMemoryError noThread) {
                retryLater();
                return;
            }
            active++;
            starting++;
        }
    }

    private void retryLater() {
        if (!retryScheduled) {
            retryScheduled = true;
            scheduler.set(EngineRuntime.WORKER_RETRY_DELAY, () -> retryScheduled = false);
        }
    }

    void started() {
        starting--;
    }

    void retired() {
        active--;
    }
}
