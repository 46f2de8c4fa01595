package io.triggerquery.consumer.internal.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.consumer.internal.reading.Loss;
import io.triggerquery.consumer.internal.reading.ReadingListener;
import java.time.Duration;

/** Counts the read failures and losses of a listener's consumers; see {@link Meters}. */
final class MeteredReading implements ReadingListener {

    private final Counter lost;
    private final Counter failures;

    MeteredReading(MeterRegistry registry, String listenerId) {
        this.lost = registry.counter("triggerquery.lost", "listener", listenerId);
        this.failures = registry.counter("triggerquery.read.failures", "listener", listenerId);
    }

    @Override
    public void failed(Duration pause, String cause) {
        failures.increment();
    }

    @Override
    public void lost(Loss loss) {
        lost.increment(loss.count());
    }
}
