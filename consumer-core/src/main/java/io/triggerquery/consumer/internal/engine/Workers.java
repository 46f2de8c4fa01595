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
    private int active;
    private int starting;

    Workers(int limit, Executor executor) {
        this.limit = limit;
        this.executor = executor;
    }

    /**
     * Starts workers for the rounds that could begin, minus the workers that have started and not yet taken one.
     *
     * @return false if a thread was needed and none was available
     */
    boolean start(int startableRounds, Runnable worker) {
        while (starting < startableRounds && active < limit) {
            try {
                executor.execute(worker);
            } catch (RejectedExecutionException | OutOfMemoryError noThread) {
                return false;
            }
            active++;
            starting++;
        }
        return true;
    }

    void started() {
        starting--;
    }

    void retired() {
        active--;
    }
}
