package io.triggerquery.producer.internal.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.TriggerPublisher;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Counts published triggers: {@code triggerquery.producer.published}, with the tags {@code destination} and {@code
 * receipt}. The latter is the name of the receipt, such as {@code after-commit}, or {@code thrown}. Those of failures
 * are 0 at first, since an increase from no value to 1 is none for Prometheus.
 *
 * <p>Threads: any. Bounds: one counter for each destination and receipt; a destination that is not configured is
 * counted as {@code unknown}.
 */
public final class CountingPublisher implements TriggerPublisher {

    private static final String THROWN = "thrown";
    private static final String UNKNOWN = "unknown";

    private static final Pattern WORD_BOUNDARY = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    private final TriggerPublisher publisher;
    private final MeterRegistry registry;
    private final Set<String> destinations;

    /**
     * Creates a publisher that counts the calls of another one.
     *
     * @param destinations the configured destinations
     */
    public CountingPublisher(TriggerPublisher publisher, MeterRegistry registry, Set<String> destinations) {
        this.publisher = publisher;
        this.registry = registry;
        this.destinations = Set.copyOf(destinations);
        for (String receipt : List.of(nameOf(Receipt.Rejected.class), THROWN)) {
            destinations.forEach(destination -> counter(destination, receipt));
            counter(UNKNOWN, receipt);
        }
    }

    @Override
    public Receipt tryPublish(String destination, String id) {
        return count(destination, () -> publisher.tryPublish(destination, id));
    }

    @Override
    public Receipt tryPublish(String destination, String id, long version) {
        return count(destination, () -> publisher.tryPublish(destination, id, version));
    }

    private Receipt count(String destination, Supplier<Receipt> publication) {
        String name = THROWN;
        try {
            Receipt receipt = publication.get();
            name = nameOf(receipt.getClass());
            return receipt;
        } finally {
            counter(destinations.contains(destination) ? destination : UNKNOWN, name)
                    .increment();
        }
    }

    private static String nameOf(Class<? extends Receipt> receipt) {
        return WORD_BOUNDARY.matcher(receipt.getSimpleName()).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    private Counter counter(String destination, String receipt) {
        return Counter.builder("triggerquery.producer.published")
                .description("Triggers that were published")
                .tag("destination", destination)
                .tag("receipt", receipt)
                .register(registry);
    }
}
