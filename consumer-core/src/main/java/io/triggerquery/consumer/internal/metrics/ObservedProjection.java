package io.triggerquery.consumer.internal.metrics;

import io.micrometer.observation.Observation;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.spi.TriggerObservation.Step;
import java.util.List;

/**
 * Creates an observation for each projection; see {@link Spans}.
 *
 * @param <S> the type of the state
 */
final class ObservedProjection<S> implements Projection<S> {

    private final Projection<S> projection;
    private final Spans spans;
    private final ObservedListener listener;

    ObservedProjection(Projection<S> projection, Spans spans, ObservedListener listener) {
        this.projection = projection;
        this.spans = spans;
        this.listener = listener;
    }

    @Override
    public boolean takesMany() {
        return projection.takesMany();
    }

    @Override
    public void apply(List<Snapshot<S>> snapshots, List<Trigger> triggers) throws Exception {
        List<String> ids = snapshots.stream().map(Snapshot::id).toList();
        Observation observation = spans.start(Step.PROJECTION, listener, ids);
        String outcome = "failed";
        try (var scope = observation.openScope()) {
            projection.apply(snapshots, triggers);
            outcome = "applied";
        } catch (Throwable failure) {
            observation.error(failure);
            throw failure;
        } finally {
            Spans.stop(observation, outcome);
        }
    }
}
