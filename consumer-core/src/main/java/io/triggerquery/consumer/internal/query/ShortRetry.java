package io.triggerquery.consumer.internal.query;

import io.github.resilience4j.core.IntervalFunction;
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

    /** Calls the source once or twice. A failure completes the stage and is not thrown. */
    CompletionStage<Map<String, Snapshot<Object>>> run(SourceCall call, List<String> ids);

    /**
     * Creates a retry. Resilience4j's retry is not used, since its stage would never complete if
     * the second call could not be made, and it would lose the trace.
     *
     * @param timer ends the pause
     * @param callers make the second call; the timer's own thread, for calls that do not wait for their answer
     * @param context captures the context of the calling thread, such as its trace, and runs the second call in it
     */
    static ShortRetry of(ScheduledExecutorService timer, Executor callers, Supplier<Executor> context) {
        IntervalFunction pause = IntervalFunction.ofRandomized(PAUSE);
        return (call, ids) -> {
            Executor callerContext = context.get();
            Executor delayed = task -> timer.schedule(
                    () -> callers.execute(() -> callerContext.execute(task)), pause.apply(1), TimeUnit.MILLISECONDS);
            return call.call(ids)
                    .exceptionallyCompose(failure -> Failures.isImmediatelyRetryable(Causes.of(failure))
                            ? CompletableFuture.supplyAsync(() -> call.call(ids), delayed)
                                    .thenCompose(Function.identity())
                            : CompletableFuture.failedStage(Causes.of(failure)));
        };
    }
}
