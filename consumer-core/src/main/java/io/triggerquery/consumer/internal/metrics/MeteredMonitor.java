package io.triggerquery.consumer.internal.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.consumer.internal.monitor.Cause;
import io.triggerquery.consumer.internal.monitor.Measure;
import io.triggerquery.consumer.internal.monitor.MonitorListener;
import io.triggerquery.consumer.internal.monitor.Result;
import io.triggerquery.consumer.internal.monitor.Violation;

/** Counts what a monitor finds; see {@link Meters}. Each counter exists from the start, so that increases are seen. */
final class MeteredMonitor implements MonitorListener {

    private final Counter[][] checks = new Counter[Measure.values().length][Result.values().length];
    private final Counter[] violations = new Counter[Cause.values().length];
    private final Counter repairs;

    MeteredMonitor(MeterRegistry registry, String listenerId) {
        for (Measure measure : Measure.values()) {
            for (Result result : Result.values()) {
                checks[measure.ordinal()][result.ordinal()] = counter("checks", listenerId)
                        .tag("measure", measure.label())
                        .tag("result", result.label())
                        .register(registry);
            }
        }
        for (Cause cause : Cause.values()) {
            violations[cause.ordinal()] = counter("violations", listenerId)
                    .tag("cause", cause.label())
                    .register(registry);
        }
        repairs = counter("repairs", listenerId).register(registry);
    }

    private static Counter.Builder counter(String name, String listenerId) {
        return Counter.builder("triggerquery.consistency." + name).tag("listener", listenerId);
    }

    @Override
    public void checked(Measure measure, Result result) {
        checks[measure.ordinal()][result.ordinal()].increment();
    }

    @Override
    public void violated(Violation violation, Cause cause) {
        violations[cause.ordinal()].increment();
    }

    @Override
    public void repaired(String id) {
        repairs.increment();
    }
}
