package io.triggerquery.bench.engine;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.EngineRuntime;
import io.triggerquery.consumer.internal.engine.EngineSettings;
import io.triggerquery.consumer.internal.engine.Intake;
import io.triggerquery.consumer.internal.engine.Pipeline;
import io.triggerquery.consumer.internal.engine.TriggerEngine;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Creates engines whose source and projection have no costs. */
final class Engines {

    private static final Duration LONG = Duration.ofHours(1);

    private Engines() {}

    /**
     * Creates an engine with the framework's defaults, except for the given values.
     *
     * @param batch the number of ids in a query
     * @param maxPending the number of pending triggers at which reading pauses
     */
    static TriggerEngine engine(int concurrency, int batch, long maxPending, Executor workers, Intake intake) {
        return engine(new EngineSettings.Limits(concurrency, batch, maxPending, 1_000, 100_000), workers, intake);
    }

    /** Creates an engine with these limits. */
    static TriggerEngine engine(EngineSettings.Limits limits, Executor workers, Intake intake) {
        var timing = new EngineSettings.Timing(Duration.ZERO, Duration.ofSeconds(2), LONG, LONG);
        var pipeline = new Pipeline<>(
                new Answers(limits.maxBatch()),
                new Discarding(),
                failure -> FailureKind.RETRYABLE,
                failing -> Duration.ofSeconds(1),
                new NoFailureSinks());
        var runtime = new EngineRuntime(
                workers,
                (delay, action) -> {
                    throw new IllegalStateException("nothing waits here");
                },
                System::nanoTime,
                intake,
                new EngineListener() {});
        return new TriggerEngine(new EngineSettings(limits, timing), pipeline, runtime);
    }
}
