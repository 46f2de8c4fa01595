package io.triggerquery.consumer.internal.engine;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The clock, threads and callbacks that the engine runs on.
 *
 * @param workers runs rounds, each up to its query and again from the answer on; must accept {@link
 *     EngineSettings.Limits#concurrency()} tasks at once, without running any in the calling thread
 * @param timer for pauses
 * @param nanoTime nanoseconds since any moment, as {@link System#nanoTime()}
 * @param intake pauses and resumes partitions
 * @param listener sees what happens
 */
public record EngineRuntime(
        Executor workers, Timer timer, LongSupplier nanoTime, Intake intake, EngineListener listener) {}
