package io.triggerquery.producer.internal.actuate;

import io.triggerquery.producer.TriggerIdFormat;
import io.triggerquery.producer.internal.relay.TriggerRelay;
import io.triggerquery.producer.internal.sending.LogSafe;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The actuator endpoint {@value #ID}, which reports on the triggers that have not been sent and operates on them.
 *
 * <table>
 *   <caption>Over HTTP, below the actuator's base path</caption>
 *   <tr><td>{@code GET triggerproducer}</td><td>all strategies</td></tr>
 *   <tr><td>{@code GET triggerproducer/STRATEGY?limit=N}</td><td>what waits, parked triggers first and then the oldest; 100
 *       by default, 1 to 1,000</td></tr>
 *   <tr><td>{@code POST triggerproducer/STRATEGY/retry/DESTINATION[/ID]}</td><td>try now what is put off, also if the
 *       destination can't be reached</td></tr>
 *   <tr><td>{@code POST triggerproducer/STRATEGY/unpark/DESTINATION[/ID]}</td><td>try again what is parked</td></tr>
 * </table>
 *
 * <p>All concern the store of the process that is asked; of a table, also what other instances wrote.
 *
 * <p>Security: the operations are writes, and the answers name ids. As with every endpoint nothing of it can be reached
 * over HTTP unless {@code management.endpoints.web.exposure.include} names it, and then by whoever may use the actuator:
 * restrict that. With {@code management.endpoint.triggerproducer.access=read-only} it only reports.
 *
 * <p>Threads: any. Failure: what makes no sense is an {@link ProducerOperationException} with a sentence for the operator;
 * what a store can't do is thrown.
 */
@Endpoint(id = TriggerProducerEndpoint.ID)
public final class TriggerProducerEndpoint {

    static final String ID = "triggerproducer";

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    private final Map<String, TriggerRelay> relays;

    /**
     * Creates the endpoint.
     *
     * @param relays by strategy; one that is added later is seen
     */
    public TriggerProducerEndpoint(Map<String, TriggerRelay> relays) {
        this.relays = relays;
    }

    /** All strategies. */
    public record Reports(List<StrategyReport> strategies) {}

    /** Some of what waits in a strategy's store. */
    public record Waiting(String strategy, List<WaitingReport> waiting) {}

    /**
     * What an operation has done.
     *
     * @param triggers to how many
     */
    public record Done(String strategy, String operation, String destination, int triggers) {}

    @ReadOperation
    public Reports strategies() {
        return new Reports(new TreeMap<>(relays)
                .entrySet().stream()
                        .map(relay -> StrategyReport.of(relay.getKey(), relay.getValue()))
                        .toList());
    }

    @ReadOperation
    public Waiting waiting(@Selector String strategy, @Nullable Integer limit) {
        TriggerRelay relay = find(strategy);
        int most = limit == null ? DEFAULT_LIMIT : limit;
        if (most < 1 || most > MAX_LIMIT) {
            throw ProducerOperationException.invalid("a limit is from 1 to " + MAX_LIMIT);
        }
        return new Waiting(
                strategy,
                relay.store().list(most).stream().map(WaitingReport::of).toList());
    }

    @WriteOperation
    public Done operate(@Selector String strategy, @Selector String operation, @Selector String destination) {
        return operate(find(strategy), strategy, operation, destination, null);
    }

    @WriteOperation
    public Done operateOnId(
            @Selector String strategy, @Selector String operation, @Selector String destination, @Selector String id) {
        TriggerRelay relay = find(strategy);
        TriggerIdFormat.violation(id).ifPresent(violation -> {
            throw ProducerOperationException.invalid(violation);
        });
        Done done = operate(relay, strategy, operation, destination, id);
        if (done.triggers() == 0) {
            throw ProducerOperationException.unknown("no trigger " + LogSafe.of(id) + " for " + destination
                    + " waits for that: what is due is sent by itself, and what is parked is only unparked");
        }
        return done;
    }

    private static Done operate(
            TriggerRelay relay, String strategy, String operation, String destination, @Nullable String id) {
        if (!relay.destinationStates().containsKey(destination)) {
            throw ProducerOperationException.unknown(
                    "the strategy has no destination " + LogSafe.of(destination) + "; there are: "
                            + String.join(", ", new TreeSet<>(relay.destinationStates().keySet())));
        }
        int triggers = switch (operation) {
            case "retry" -> relay.retry(destination, id);
            case "unpark" -> relay.unpark(destination, id);
            default ->
                throw ProducerOperationException.invalid("there is no operation " + LogSafe.of(operation)
                        + "; there are: retry/DESTINATION, unpark/DESTINATION and both with /ID");
        };
        return new Done(strategy, operation, destination, triggers);
    }

    private TriggerRelay find(String strategy) {
        TriggerRelay relay = relays.get(strategy);
        if (relay == null) {
            throw ProducerOperationException.unknown("no strategy in use is called " + LogSafe.of(strategy)
                    + "; there are: " + String.join(", ", new TreeSet<>(relays.keySet())));
        }
        return relay;
    }
}
