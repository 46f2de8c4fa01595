package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.Projection;
import java.util.List;

/**
 * A projection whose failures are summaries of the original exceptions.
 *
 * @param projection the wrapped projection
 * @param failures creates the summaries
 * @param <S> the type of the state
 */
record SummarizingProjection<S>(Projection<S> projection, Failures failures) implements Projection<S> {

    @Override
    public boolean takesMany() {
        return projection.takesMany();
    }

    @Override
    public void apply(List<Snapshot<S>> snapshots, List<Trigger> triggers) {
        try {
            projection.apply(snapshots, triggers);
        } catch (Throwable failure) {
            throw failures.projectionSummary(failure);
        }
    }
}
