package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Snapshot;
import java.time.Duration;
import java.util.Map;

/**
 * The result of a {@link Query}.
 *
 * @param <S> the state
 */
public sealed interface Answer<S> {

    /**
     * The source has answered.
     *
     * @param snapshots the answer for each id; an id that was queried and is missing here has failed
     */
    record Given<S>(Map<String, Snapshot<S>> snapshots) implements Answer<S> {}

    /**
     * The source was not queried, because it is known to be unavailable or busy. This is no failure of the ids.
     *
     * @param holdFor how long the listener should send no queries
     */
    record Refused<S>(Duration holdFor) implements Answer<S> {}
}
