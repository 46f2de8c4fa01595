package io.triggerquery.producer.actuate;

import io.triggerquery.producer.relay.Backlog;
import io.triggerquery.producer.relay.GateState;
import io.triggerquery.producer.relay.TriggerRelay;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a strategy is at.
 *
 * @param strategy its name, as in properties
 * @param running whether its relay is
 * @param pending how many triggers wait to be sent
 * @param oldestAge the age of the oldest of these
 * @param parked how many wait for an operator
 * @param gates how each destination is worked
 */
public record StrategyReport(
        String strategy, boolean running, long pending, Duration oldestAge, long parked, Map<String, GateState> gates) {

    static StrategyReport of(String strategy, TriggerRelay relay) {
        Backlog backlog = relay.store().backlog();
        return new StrategyReport(
                strategy,
                relay.isRunning(),
                backlog.pending(),
                backlog.oldestAge(),
                backlog.parked(),
                new TreeMap<>(relay.gates()));
    }
}
