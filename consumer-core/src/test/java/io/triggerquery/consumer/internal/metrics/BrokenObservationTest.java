package io.triggerquery.consumer.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.spi.TriggerObservationConvention;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A failing observation handler of the application fails neither a query nor a projection. */
class BrokenObservationTest {

    private final ObservationRegistry registry = ObservationRegistry.create();
    private final List<String> projected = new ArrayList<>();

    private void project() throws Exception {
        Projection<String> projection = new Projection<>() {
            @Override
            public boolean takesMany() {
                return false;
            }

            @Override
            public void apply(List<Snapshot<String>> snapshots, List<Trigger> triggers) {
                projected.add(snapshots.get(0).id());
            }
        };
        new Spans(registry, new TriggerObservationConvention() {}, SpanSettings.NONE)
                .wrap(new ObservedListener("things", "things", "group"), projection)
                .apply(List.of(new Snapshot.Found<>("a", "state", OptionalLong.empty())), List.of());
    }

    @Test
    void failureAtStartIsIgnored() throws Exception {
        registry.observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public void onStart(Observation.Context context) {
                throw new IllegalStateException("as asked");
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
        project();
        assertThat(projected).containsExactly("a");
    }

    @Test
    void failureAtStopIsIgnored() throws Exception {
        registry.observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public void onStop(Observation.Context context) {
                throw new IllegalStateException("as asked");
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
        project();
        assertThat(projected).containsExactly("a");
    }
}
