package io.triggerquery.consumer.internal.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.triggerquery.consumer.FreshnessResult;
import io.triggerquery.consumer.internal.freshness.AwaitObserver;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts and times the awaits of each listener in the timer {@code triggerquery.freshness}, by {@code listener} and
 * {@code outcome}: how a projection was fresh, timed-out, or why an await was refused.
 */
public final class FreshnessMeters implements AwaitObserver {

    private final MeterRegistry registry;

    public FreshnessMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void answered(String listener, FreshnessResult result, Duration took) {
        Timer.builder("triggerquery.freshness")
                .tag("listener", listener)
                .tag("outcome", outcome(result))
                .register(registry)
                .record(took);
    }

    private static String outcome(FreshnessResult result) {
        if (result instanceof FreshnessResult.Fresh fresh) {
            return name(fresh.how());
        }
        return result instanceof FreshnessResult.Refused refused ? name(refused.reason()) : "timed-out";
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
