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
 *   <tr><td>{@code GET triggerproducer/STRATEGY?limit=N}</td>
 *       <td>the waiting triggers, parked ones first and then the oldest; N is 1 to 1,000, 100 by default</td></tr>
 *   <tr><td>{@code GET triggerproducer/STRATEGY/audit}</td>
 *       <td>the newest operations that were requested of this process</td></tr>
 *   <tr><td>{@code POST triggerproducer/STRATEGY/retry/DESTINATION[/ID]}</td>
 *       <td>sends delayed triggers now, also if the destination cannot be reached</td></tr>
 *   <tr><td>{@code POST triggerproducer/STRATEGY/unpark/DESTINATION[/ID]}</td>
 *       <td>sends parked triggers again</td></tr>
 * </table>
 *
 * <p>All apply to the store of the process that answers. If that is a table, it includes the triggers of other
 * instances.
 *
 * <p>Security: the operations are writes, and the answers contain ids. As every endpoint, it is available over HTTP
 * only if {@code management.endpoints.web.exposure.include} names it, and then to every user of the actuator: restrict
 * that. With {@code management.endpoint.triggerproducer.access=read-only} it only reports.
 *
 * <p>Threads: any. Failure: {@link ProducerOperationException} with a sentence for the operator if the request is
 * invalid; exceptions of the store are thrown.
 */
@Endpoint(id = TriggerProducerEndpoint.ID)
public final class TriggerProducerEndpoint {

    static final String ID = "triggerproducer";

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    private final Map<String, TriggerRelay> relays;
    private final OperationLog audit;

    /**
     * Creates the endpoint.
     *
     * @param relays the relays by strategy, a live view
     * @param audit receives a record of each operation
     */
    public TriggerProducerEndpoint(Map<String, TriggerRelay> relays, OperationLog audit) {
        this.relays = relays;
        this.audit = audit;
    }

    /** The reports of all strategies. */
    public record Reports(List<StrategyReport> strategies) {}

    /** Some of the waiting triggers in the store of a strategy. */
    public record Waiting(String strategy, List<WaitingReport> waiting) {}

    /**
     * The result of an operation.
     *
     * @param triggers the number of triggers that it changed
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
        int maxTriggers = limit == null ? DEFAULT_LIMIT : limit;
        if (maxTriggers < 1 || maxTriggers > MAX_LIMIT) {
            throw ProducerOperationException.invalid("the limit must be 1 to " + MAX_LIMIT);
        }
        return new Waiting(
                strategy,
                relay.store().list(maxTriggers).stream().map(WaitingReport::of).toList());
    }

    /**
     * Shows a part of a strategy.
     *
     * @param view {@code audit}, which is the only one
     */
    @ReadOperation
    public List<OperationLog.Entry> view(@Selector String strategy, @Selector String view) {
        find(strategy);
        if (!view.equals("audit")) {
            throw ProducerOperationException.unknown("there is no view " + LogSafe.of(view) + "; there is: audit");
        }
        return audit.of(strategy);
    }

    @WriteOperation
    public Done operate(@Selector String strategy, @Selector String operation, @Selector String destination) {
        return execute(RequestUser.current(), strategy, operation, destination, null);
    }

    @WriteOperation
    public Done operateOnId(
            @Selector String strategy, @Selector String operation, @Selector String destination, @Selector String id) {
        return execute(RequestUser.current(), strategy, operation, destination, id);
    }

    /**
     * Executes an operation, and adds an audit record, also if it is refused.
     *
     * @param user who requests it
     * @param id the id, or null for all of the destination
     */
    public Done execute(String user, String strategy, String operation, String destination, @Nullable String id) {
        var request = new OperationLog.Request(user, strategy, operation, destination, id);
        try {
            Done done = perform(strategy, operation, destination, id);
            audit.add(request, true, done.triggers() + " triggers");
            return done;
        } catch (RuntimeException refused) {
            audit.add(request, false, String.valueOf(refused.getMessage()));
            throw refused;
        }
    }

    private Done perform(String strategy, String operation, String destination, @Nullable String id) {
        TriggerRelay relay = find(strategy);
        if (id == null) {
            return operate(relay, strategy, operation, destination, null);
        }
        TriggerIdFormat.violation(id).ifPresent(violation -> {
            throw ProducerOperationException.invalid(violation);
        });
        Done done = operate(relay, strategy, operation, destination, id);
        if (done.triggers() == 0) {
            throw ProducerOperationException.unknown("no trigger " + LogSafe.of(id) + " for " + destination
                    + " matches: retry needs a trigger that waits for its next attempt, unpark a parked one");
        }
        return done;
    }

    private static Done operate(
            TriggerRelay relay, String strategy, String operation, String destination, @Nullable String id) {
        if (!relay.destinationStates().containsKey(destination)) {
            throw ProducerOperationException.unknown("the strategy has no destination " + LogSafe.of(destination)
                    + "; there are: "
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
            throw ProducerOperationException.unknown("no strategy " + LogSafe.of(strategy) + " is in use; there are: "
                    + String.join(", ", new TreeSet<>(relays.keySet())));
        }
        return relay;
    }
}
