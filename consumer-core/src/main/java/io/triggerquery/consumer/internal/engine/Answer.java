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
     * @param snapshots what it said, by id; an id that was asked for and is missing here has failed
     */
    record Given<S>(Map<String, Snapshot<S>> snapshots) implements Answer<S> {}

    /**
     * The source was not asked, because it is known to be unwell or busy. This is no failure of the ids.
     *
     * @param holdFor how long the listener should ask nothing
     */
    record Refused<S>(Duration holdFor) implements Answer<S> {}
}
