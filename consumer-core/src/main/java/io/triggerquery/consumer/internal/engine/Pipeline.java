package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FailureKind;
import java.util.function.Function;

/**
 * The query, projection and failure handling of a listener.
 *
 * @param query asks for its state
 * @param projection writes it
 * @param kinds says of what kind a failure of either is
 * @param backOff how long it waits after a failure
 * @param failureSinks where it goes when it cannot be done now, or never
 * @param <S> the state
 */
public record Pipeline<S>(
        Query<S> query,
        Projection<S> projection,
        Function<Throwable, FailureKind> kinds,
        BackOff backOff,
        FailureSinks failureSinks) {}
