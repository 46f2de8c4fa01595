package io.triggerquery.producer.internal.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.producer.internal.relay.RelayListener;
import io.triggerquery.producer.internal.report.UndeliveredListener;
import java.util.Collection;
import java.util.Locale;

/**
 * Counts the sent, failed, parked and given up triggers, with the tag {@code destination}.
 *
 * <table>
 *   <caption>Meters</caption>
 *   <tr><td>{@code triggerquery.producer.sent}</td><td>triggers that were delivered</td></tr>
 *   <tr><td>{@code triggerquery.producer.failed}</td><td>sends that failed; the tag {@code reason} is
 *       {@code unreachable}, {@code blocked} or {@code refused}</td></tr>
 *   <tr><td>{@code triggerquery.producer.undelivered}</td><td>triggers that were given up and are in the log</td></tr>
 * </table>
 *
 * <p>Threads: any. Bounds: one counter for each destination and reason.
 */
public final class MicrometerRelayListener implements RelayListener, UndeliveredListener {

    private final MeterRegistry registry;

    /**
     * Creates a listener that counts in this registry.
     *
     * @param destinations the configured destinations; what is undelivered is 0 for each at first, since an increase
     *     from no value to 1 is none for Prometheus
     */
    public MicrometerRelayListener(MeterRegistry registry, Collection<String> destinations) {
        this.registry = registry;
        destinations.forEach(this::undelivered);
    }

    @Override
    public void sent(String destination, int triggers) {
        Counter.builder("triggerquery.producer.sent")
                .description("Triggers that were delivered")
                .tag("destination", destination)
                .register(registry)
                .increment(triggers);
    }

    @Override
    public void failed(String destination, Reason reason, int triggers) {
        Counter.builder("triggerquery.producer.failed")
                .description("Sends that failed")
                .tag("destination", destination)
                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment(triggers);
    }

    @Override
    public void undelivered(String destination, int triggers, String reason) {
        undelivered(destination).increment(triggers);
    }

    private Counter undelivered(String destination) {
        return Counter.builder("triggerquery.producer.undelivered")
                .description("Triggers that were given up and are in the log")
                .tag("destination", destination)
                .register(registry);
    }
}
