package io.triggerquery.consumer.internal.query;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.internal.failure.Causes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** Repeats a call once, after a short pause, if its failure is temporary. */
@FunctionalInterface
interface ShortRetry {

    Duration PAUSE = Duration.ofMillis(50);

    /** Calls the source once or twice. A failure completes the stage, none is thrown. */
    CompletionStage<Map<String, Snapshot<Object>>> run(SourceCall call, List<String> ids);

    /** For calls that wait for their answer: the calling thread waits for the pause too. */
    static ShortRetry waiting() {
        var retry = Retry.of(
                "short",
                RetryConfig.custom()
                        .maxAttempts(2)
                        .intervalFunction(IntervalFunction.ofRandomized(PAUSE))
                        .retryOnException(failure -> Failures.worthAnImmediateRetry(Causes.of(failure)))
                        .build());
        return (call, ids) -> {
            try {
                return retry.executeCallable(() -> CompletableFuture.completedStage(
                        call.call(ids).toCompletableFuture().join()));
            } catch (Exception failure) {
                return CompletableFuture.failedStage(Causes.of(failure));
            }
        };
    }

    /**
     * For calls that nobody waits for. Not Resilience4j's: in that the stage would never complete if the second call
     * could not be made, and it would lose the trace.
     *
     * @param timer makes the second call, which must not wait for its answer
     * @param context keeps what the calling thread knows of the work, such as its trace, and runs the second call so
     */
    static ShortRetry onTimer(ScheduledExecutorService timer, Supplier<Executor> context) {
        IntervalFunction pauses = IntervalFunction.ofRandomized(PAUSE);
        return (call, ids) -> {
            Executor here = context.get();
            Executor later = task -> timer.schedule(() -> here.execute(task), pauses.apply(1), TimeUnit.MILLISECONDS);
            return call.call(ids)
                    .exceptionallyCompose(failure -> Failures.worthAnImmediateRetry(Causes.of(failure))
                            ? CompletableFuture.supplyAsync(() -> call.call(ids), later)
                                    .thenCompose(Function.identity())
                            : CompletableFuture.failedStage(Causes.of(failure)));
        };
    }
}
