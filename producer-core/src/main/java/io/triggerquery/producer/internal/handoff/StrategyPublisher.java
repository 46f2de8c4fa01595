package io.triggerquery.producer.internal.handoff;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.TriggerIdFormat;
import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.internal.sending.Destinations;
import io.triggerquery.producer.internal.sending.LogSafe;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Validates triggers and passes them to the strategy of their destination. */
public final class StrategyPublisher implements TriggerPublisher {

    private static final Logger log = LoggerFactory.getLogger(StrategyPublisher.class);

    private final Map<String, Strategy> strategies;

    /**
     * Creates a publisher.
     *
     * @param strategies the strategies by destination
     */
    public StrategyPublisher(Map<String, Strategy> strategies) {
        this.strategies = Map.copyOf(strategies);
    }

    @Override
    public Receipt tryPublish(String destination, String id) {
        return publish(OutgoingTrigger.of(destination, id));
    }

    @Override
    public Receipt tryPublish(String destination, String id, long version) {
        if (version < 0) {
            return rejected(destination, id, "a version must not be negative");
        }
        return publish(new OutgoingTrigger(destination, id, version));
    }

    private Receipt publish(OutgoingTrigger trigger) {
        Strategy strategy = strategies.get(trigger.destination());
        if (strategy == null) {
            String property = Destinations.property(LogSafe.of(trigger.destination()));
            return rejected(trigger.destination(), trigger.id(), "the destination has no topic: set " + property);
        }
        Optional<String> violation = TriggerIdFormat.violation(trigger.id());
        return violation.isPresent()
                ? rejected(trigger.destination(), trigger.id(), violation.get())
                : strategy.publish(trigger);
    }

    private static Receipt rejected(String destination, String id, String reason) {
        log.error("Trigger {} for {} is rejected: {}", LogSafe.of(id), LogSafe.of(destination), reason);
        return new Receipt.Rejected(reason);
    }
}
