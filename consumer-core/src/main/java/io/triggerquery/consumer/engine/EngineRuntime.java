package io.triggerquery.consumer.engine;

import java.util.concurrent.Executor;

/**
 * What the engine runs on.
 *
 * @param workers runs rounds; must accept {@link EngineSettings#concurrency()} of them at once, without running any in
 *     the calling thread
 * @param timer for back-offs
 * @param intake pauses and resumes partitions
 * @param listener sees what happens
 */
public record EngineRuntime(Executor workers, Timer timer, Intake intake, EngineListener listener) {}
