package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.spi.BackOff;
import java.util.function.Function;

/**
 * The query, projection and failure handling of a listener.
 *
 * @param query queries the states
 * @param projection writes the states
 * @param kinds classifies the failures of either
 * @param backOff the pauses after failures
 * @param failureSinks sends triggers to the retry topic and the dead-letter topic
 * @param <S> the state
 */
public record Pipeline<S>(
        Query<S> query,
        Projection<S> projection,
        Function<Throwable, FailureKind> kinds,
        BackOff backOff,
        FailureSinks failureSinks) {}
