package io.triggerquery.consumer.internal.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.consumer.internal.engine.EngineStatus;
import io.triggerquery.consumer.internal.engine.MassAbsenceException;
import io.triggerquery.consumer.internal.engine.TriggerEngine;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Registers gauges of an engine's status; see {@link Meters}. Only the age of the oldest stuck id examines every
 * pending id.
 *
 * @param registry the registry of the gauges
 * @param listenerId the id of the listener
 * @param engine the engine whose status they read
 */
record EngineGauges(MeterRegistry registry, String listenerId, TriggerEngine engine) {

    private static final double MILLIS_PER_SECOND = 1_000;

    void register() {
        gauge("pending", TriggerEngine::pending);
        gauge("ready", observed -> observed.status(0).ready());
        gauge("running", observed -> observed.status(0).running());
        gauge("waiting", observed -> observed.status(0).waiting());
        gauge("held", observed -> observed.status(0).held() ? 1 : 0);
        gauge("suspended", observed -> observed.status(0).suspended() == null ? 0 : 1);
        gauge("absences.held", EngineGauges::absencesHeld);
        gauge("stuck.oldest.seconds", EngineGauges::oldestStuck);
    }

    private void gauge(String name, ToDoubleFunction<TriggerEngine> value) {
        Gauge.builder("triggerquery." + name, engine, value)
                .tag("listener", listenerId)
                .strongReference(true)
                .register(registry);
    }

    private static double absencesHeld(TriggerEngine engine) {
        EngineStatus.Suspended suspended = engine.status(0).suspended();
        return suspended != null && suspended.cause() instanceof MassAbsenceException ? 1 : 0;
    }

    private static double oldestStuck(TriggerEngine engine) {
        List<EngineStatus.Stuck> stuck = engine.status(1).stuck();
        Duration oldest = stuck.isEmpty() ? Duration.ZERO : stuck.get(0).stuckFor();
        return oldest.toMillis() / MILLIS_PER_SECOND;
    }
}
