package io.triggerquery.consumer.internal.engine;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/**
 * The clock, threads and callbacks that the engine runs on.
 *
 * @param workers runs rounds: each up to its query, and from the answer to its end; must accept
 *     {@link EngineSettings.Limits#concurrency()} tasks at once, without running one in the calling thread
 * @param timer schedules the ends of pauses
 * @param nanoTime nanoseconds from an arbitrary origin, as {@link System#nanoTime()}
 * @param intake pauses and resumes partitions
 * @param listener is notified of the engine's events
 */
public record EngineRuntime(
        Executor workers, Timer timer, LongSupplier nanoTime, Intake intake, EngineListener listener) {

    /** The delay before a worker is requested again after no thread was available. */
    static final Duration WORKER_RETRY_DELAY = Duration.ofSeconds(1);

    /** Runs an action on a worker's thread. If none is available it tries again later. */
    void runOnWorker(Runnable action) {
        try {
            workers.execute(action);
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            timer.schedule(WORKER_RETRY_DELAY, () -> runOnWorker(action));
        }
    }
}
