package io.triggerquery.consumer.internal.listener;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs calls that may hang, each on a thread of its own and up to a deadline.
 *
 * <p>Threads: any. Bounds: a few calls at a time; one that hangs is interrupted at its deadline, and counts until it
 * ends. Failure: that of the call.
 */
final class BoundedCalls {

    /** The maximum number of calls at the same time. */
    static final int LIMIT = 4;

    private final Semaphore permits = new Semaphore(LIMIT);
    private final String threadName;

    BoundedCalls(String threadName) {
        this.threadName = threadName;
    }

    /** Thrown when a call was not made or has not ended, because of a limit. The message says which. */
    static final class LimitException extends Exception {

        private static final long serialVersionUID = 1;

        private LimitException(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * Runs a call.
     *
     * @throws LimitException if too many calls run, or the call has not ended at the deadline
     * @throws Exception if the call fails
     */
    <T> T run(Callable<T> call, Duration limit) throws Exception {
        if (!permits.tryAcquire()) {
            throw new LimitException(LIMIT + " such calls are running, and none has ended; find out what delays them");
        }
        var task = new FutureTask<>(call);
        start(task);
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new LimitException("no result within " + limit.toMillis() + " ms");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception failure ? failure : failed;
        } finally {
            task.cancel(true);
        }
    }

    private void start(FutureTask<?> task) {
        boolean started = false;
        try {
            var thread = new Thread(() -> runAndRelease(task), threadName);
            thread.setDaemon(true); // a call that hangs must not keep the process alive
            thread.start();
            started = true;
        } finally {
            if (!started) {
                permits.release();
            }
        }
    }

    private void runAndRelease(FutureTask<?> task) {
        try {
            task.run();
        } finally {
            permits.release();
        }
    }
}
