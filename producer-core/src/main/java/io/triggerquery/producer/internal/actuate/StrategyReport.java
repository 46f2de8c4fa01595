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
 * @param strategy its name, as in properties
 * @param running whether its relay is
 * @param trouble why its store fails, or null if it does not
 * @param backlog what waits, part of the report itself in JSON; null if the store can't be read
 * @param strays how many triggers wait for each destination that is not configured
 * @param destinationStates how each destination is worked
 */
public record StrategyReport(
        String strategy,
        boolean running,
        @Nullable String trouble,
        @JsonUnwrapped @Nullable Backlog backlog,
        Map<String, Long> strays,
        Map<String, DestinationState> destinationStates) {

    static StrategyReport of(String strategy, TriggerRelay relay) {
        String trouble = relay.storeTrouble().orElse(null);
        Backlog backlog = null;
        try {
            backlog = relay.store().backlog();
        } catch (RuntimeException e) {
            trouble = LogSafe.sentence(
                    String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage()));
        }
        return new StrategyReport(
                strategy, relay.isRunning(), trouble, backlog, relay.strays(), new TreeMap<>(relay.destinationStates()));
    }
}
