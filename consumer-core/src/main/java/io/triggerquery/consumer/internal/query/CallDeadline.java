package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.internal.failure.Causes;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends calls by the application's own clients that take too long: interrupts the thread of a call that blocks, and
 * cancels the future of a call that does not.
 *
 * <p>Threads: any. Bounds: one timer entry for each call under way. Failure: {@link CallDeadlineException}. A client
 * that ignores interruptions keeps its thread; the warning is repeated until it returns.
 *
 * @param sourceName the name of the source, for messages
 * @param deadline how long a call may take
 * @param timer interrupts and cancels
 */
record CallDeadline(String sourceName, Duration deadline, ScheduledExecutorService timer) {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    /** Makes a call. The stage completes with its result, or with that of the stage that it returns. */
    CompletionStage<@Nullable Object> run(Callable<? extends @Nullable Object> call) {
        var interruption = new Interruption(Thread.currentThread());
        Future<?> check =
                timer.scheduleAtFixedRate(interruption, deadline.toNanos(), deadline.toNanos(), TimeUnit.NANOSECONDS);
        Object value = null;
        Throwable failure = null;
        try {
            value = call.call();
        } catch (Throwable thrown) {
            failure = Causes.unwrapped(thrown);
        }
        check.cancel(false);
        boolean interrupted = interruption.end();
        if (failure != null) {
            return CompletableFuture.failedFuture(
                    interrupted ? new CallDeadlineException(sourceName, deadline, failure) : failure);
        }
        return value instanceof CompletionStage<?> stage
                ? completedInTime(stage)
                : CompletableFuture.completedFuture(value);
    }

    private CompletionStage<@Nullable Object> completedInTime(CompletionStage<?> stage) {
        CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
        Future<?> check = timer.schedule(
                () -> {
                    result.completeExceptionally(new CallDeadlineException(sourceName, deadline, null));
                    stage.toCompletableFuture().cancel(true);
                },
                deadline.toNanos(),
                TimeUnit.NANOSECONDS);
        stage.whenComplete((value, failure) -> {
            check.cancel(false);
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(Causes.unwrapped(failure));
            }
        });
        return result;
    }

    /** Interrupts a thread until the call that it makes has ended. */
    private final class Interruption implements Runnable {

        private final Thread thread;
        private boolean ended;
        private boolean interrupted;

        private Interruption(Thread thread) {
            this.thread = thread;
        }

        @Override
        public synchronized void run() {
            if (ended) {
                return;
            }
            log.warn(
                    "A call of the source {} {} after {} ms. Set connect and read timeouts in its client.",
                    sourceName,
                    interrupted ? "continues in spite of its interruption, again" : "is interrupted",
                    deadline.toMillis());
            interrupted = true;
            thread.interrupt();
        }

        /** Ends the call; returns whether it was interrupted. The thread is then no longer interrupted. */
        synchronized boolean end() {
            ended = true;
            if (interrupted) {
                Thread.interrupted();
            }
            return interrupted;
        }
    }
}
