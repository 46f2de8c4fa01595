package io.triggerquery.consumer.internal.freshness;

import io.triggerquery.consumer.internal.engine.TriggerEngine;
import io.triggerquery.consumer.internal.id.IdRule;
import java.util.function.BooleanSupplier;

/**
 * A listener whose projection callers can wait for.
 *
 * @param id its id
 * @param topic the topic of its requests
 * @param engine its engine
 * @param rule the rule for its ids
 * @param running returns whether it was started and not stopped
 * @param paused returns whether an operator has paused it
 * @param isWorker returns whether the calling thread is one of its workers
 */
public record AwaitableListener(
        String id,
        String topic,
        TriggerEngine engine,
        IdRule rule,
        BooleanSupplier running,
        BooleanSupplier paused,
        BooleanSupplier isWorker) {}
