package io.triggerquery.producer.internal.actuate;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.triggerquery.producer.internal.relay.Backlog;
import io.triggerquery.producer.internal.relay.DestinationState;
import io.triggerquery.producer.internal.relay.TriggerRelay;
import io.triggerquery.producer.internal.sending.LogSafe;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/**
 * The state of a strategy.
 *
 * @param strategy the name of the strategy, as in properties
 * @param running whether its relay loop runs
 * @param storeFailure why the store fails; null if it does not
 * @param backlog the numbers of waiting triggers, whose fields are part of this report in JSON; null if the store
 *     cannot be read
 * @param unconfiguredDestinations the number of waiting triggers for each destination that is not configured
 * @param destinations the state of each destination
 */
public record StrategyReport(
        String strategy,
        boolean running,
        @Nullable String storeFailure,
        @JsonUnwrapped @Nullable Backlog backlog,
        Map<String, Long> unconfiguredDestinations,
        Map<String, DestinationState> destinations) {

    static StrategyReport of(String strategy, TriggerRelay relay) {
        String storeFailure = relay.storeFailure().orElse(null);
        Backlog backlog = null;
        try {
            backlog = relay.store().backlog();
        } catch (RuntimeException e) {
            storeFailure = LogSafe.sentence(
                    String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage()));
        }
        return new StrategyReport(
                strategy,
                relay.isRunning(),
                storeFailure,
                backlog,
                relay.unconfiguredDestinations(),
                new TreeMap<>(relay.destinationStates()));
    }
}
