package io.triggerquery.producer.internal.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.TriggerPublisher;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Counts published triggers: {@code triggerquery.producer.published}, with the tags {@code destination} and {@code
 * receipt}, which is the receipt's name as in {@code after-commit}, or {@code thrown}.
 *
 * <p>Threads: any. Bounds: one counter for each destination and receipt; a destination that is not configured is input
 * and is counted as {@code unknown}.
 */
public final class CountingPublisher implements TriggerPublisher {

    private static final Pattern WORD = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    private final TriggerPublisher publisher;
    private final MeterRegistry registry;
    private final Set<String> destinations;

    /**
     * Counts what this publisher answers.
     *
     * @param destinations those that are configured
     */
    public CountingPublisher(TriggerPublisher publisher, MeterRegistry registry, Set<String> destinations) {
        this.publisher = publisher;
        this.registry = registry;
        this.destinations = Set.copyOf(destinations);
    }

    @Override
    public Receipt tryPublish(String destination, String id) {
        return counted(destination, () -> publisher.tryPublish(destination, id));
    }

    @Override
    public Receipt tryPublish(String destination, String id, long version) {
        return counted(destination, () -> publisher.tryPublish(destination, id, version));
    }

    private Receipt counted(String destination, Supplier<Receipt> publishing) {
        String name = "thrown";
        try {
            Receipt receipt = publishing.get();
            name = WORD.matcher(receipt.getClass().getSimpleName())
                    .replaceAll("-")
                    .toLowerCase(Locale.ROOT);
            return receipt;
        } finally {
            Counter.builder("triggerquery.producer.published")
                    .description("Triggers that were published")
                    .tag("destination", destinations.contains(destination) ? destination : "unknown")
                    .tag("receipt", name)
                    .register(registry)
                    .increment();
        }
    }
}
