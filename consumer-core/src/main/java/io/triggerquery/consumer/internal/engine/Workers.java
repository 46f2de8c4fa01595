package io.triggerquery.consumer.internal.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Starts workers up to a limit; each ends when nothing is ready. A worker is a place, not a thread: it has none while
 * it awaits an answer.
 *
 * <p>Threads: guarded by the engine's lock. That a worker finds nothing and retires under the same lock under which
 * arrivals look for a worker is what excludes a lost wake-up.
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
     * Starts workers for what could be taken, counting those that were started and have not yet taken anything.
     *
     * @return false if a thread was wanted and could not be had
     */
    boolean start(int takeable, Runnable worker) {
        while (starting < takeable && active < limit) {
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
