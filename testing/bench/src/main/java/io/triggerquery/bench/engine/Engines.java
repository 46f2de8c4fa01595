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

/** Makes engines whose source and projection cost nothing. */
final class Engines {

    private static final Duration LONG = Duration.ofHours(1);

    private Engines() {}

    /**
     * Makes an engine with the defaults of the framework, apart from what is given.
     *
     * @param batch how many ids one query takes
     * @param maxPending at how many pending triggers reading pauses
     */
    static TriggerEngine engine(int concurrency, int batch, long maxPending, Executor workers, Intake intake) {
        var limits = new EngineSettings.Limits(concurrency, batch, maxPending, 1_000, 100_000);
        var timing = new EngineSettings.Timing(Duration.ZERO, Duration.ofSeconds(2), LONG, LONG);
        var pipeline = new Pipeline<>(
                new Answers(batch),
                new Discarding(),
                failure -> FailureKind.RETRYABLE,
                failing -> Duration.ofSeconds(1),
                new NoOutlets());
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
