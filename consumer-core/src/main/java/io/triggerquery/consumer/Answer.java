package io.triggerquery.consumer;

import java.time.Duration;

/**
 * What came of a {@link Query}.
 *
 * @param <S> the state
 */
public sealed interface Answer<S> {

    /**
     * The source knows the id; this is its current state.
     *
     * @param state the state
     */
    record Found<S>(S state) implements Answer<S> {}

    /**
     * The source was not asked, because it is known to be unwell. This is no failure of the id.
     *
     * @param holdFor how long the listener should ask nothing
     */
    record Refused<S>(Duration holdFor) implements Answer<S> {}
}
