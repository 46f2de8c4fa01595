package io.triggerquery.consumer.internal.actuate;

import io.triggerquery.consumer.internal.listener.ListenerOperationException;
import io.triggerquery.consumer.internal.listener.ListenerOperationException.Reason;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import io.triggerquery.consumer.internal.listener.ListenerReport;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The actuator endpoint {@value #ID}, which reports on the listeners of this process and operates them.
 *
 * <table>
 *   <caption>Over HTTP, below the actuator's base path</caption>
 *   <tr><td>{@code GET triggerquery}</td><td>all listeners</td></tr>
 *   <tr><td>{@code GET triggerquery/LISTENER}</td><td>one</td></tr>
 *   <tr><td>{@code POST triggerquery/LISTENER/pause}</td><td>stop reading; what has been read is finished</td></tr>
 *   <tr><td>{@code POST triggerquery/LISTENER/resume}</td><td>read on</td></tr>
 *   <tr><td>{@code POST triggerquery/LISTENER/resync}</td><td>compare the projection with the source</td></tr>
 *   <tr><td>{@code POST triggerquery/LISTENER/replay}</td><td>send the triggers in the dead-letter topic again</td></tr>
 *   <tr><td>{@code POST triggerquery/LISTENER/retry/ID}</td><td>try an id now that waits for a later try</td></tr>
 *   <tr><td>{@code POST triggerquery/LISTENER/trigger/ID}</td><td>look at an id as if its trigger had come</td></tr>
 *   <tr><td>{@code POST triggerquery/LISTENER/forget/ID}</td><td>forget which versions of an id were applied and
 *       are asked for</td></tr>
 *   <tr><td>{@code POST triggerquery/LISTENER/confirm-absences}</td><td>let absences be projected that are held</td></tr>
 *   <tr><td>{@code POST triggerquery/LISTENER/drain/RETRY-TOPIC}</td><td>have the triggers of another retry topic tried
 *       again</td></tr>
 * </table>
 *
 * <p>All concern the process that is asked, not the other instances of the service.
 *
 * <p>Security: the operations are writes, and the answers name ids and quote errors. As with every endpoint nothing of it
 * can be reached over HTTP unless {@code management.endpoints.web.exposure.include} names it, and then by whoever may use
 * the actuator: restrict that. With {@code management.endpoint.triggerquery.access=read-only} it only reports.
 *
 * <p>Threads: any. Failure: what cannot be done is an {@link ListenerOperationException} with a sentence for the operator.
 */
@Endpoint(id = TriggerQueryEndpoint.ID)
public final class TriggerQueryEndpoint {

    static final String ID = "triggerquery";

    private static final int MAX_STUCK = 20;

    private final Supplier<List<ListenerOperations>> listeners;

    /**
     * Creates the endpoint.
     *
     * @param listeners the listeners of this process
     */
    public TriggerQueryEndpoint(Supplier<List<ListenerOperations>> listeners) {
        this.listeners = listeners;
    }

    /** All listeners. */
    public record Reports(List<ListenerReport> listeners) {}

    /**
     * What an operation has done.
     *
     * @param listener of which listener
     * @param operation its name
     * @param outcome one sentence
     */
    public record Done(String listener, String operation, String outcome) {}

    @ReadOperation
    public Reports listeners() {
        List<CompletableFuture<ListenerReport>> reports = listeners.get().stream()
                .map(listener -> listener.report(MAX_STUCK))
                .toList();
        return new Reports(reports.stream().map(CompletableFuture::join).toList());
    }

    @ReadOperation
    public ListenerReport listener(@Selector String listener) {
        return find(listener).report(MAX_STUCK).join();
    }

    @WriteOperation
    public Done operate(@Selector String listener, @Selector String operation) {
        ListenerOperations found = find(listener);
        String outcome = switch (operation) {
            case "pause" -> found.pause();
            case "resume" -> found.resume();
            case "resync" -> found.resync();
            case "resync-all" -> found.resyncAll();
            case "replay" -> found.replay();
            case "confirm-absences" -> found.confirmAbsences();
            default ->
                throw invalid(
                        operation,
                        "pause, resume, resync, resync-all, replay, confirm-absences, retry/ID, trigger/ID, forget/ID and"
                                + " drain/RETRY-TOPIC");
        };
        return new Done(listener, operation, outcome);
    }

    @WriteOperation
    public Done operateOnId(@Selector String listener, @Selector String operation, @Selector String id) {
        ListenerOperations found = find(listener);
        String outcome = switch (operation) {
            case "retry" -> found.retry(id);
            case "trigger" -> found.trigger(id);
            case "forget" -> found.forget(id);
            case "drain" -> found.drain(id);
            default -> throw invalid(operation, "retry/ID, trigger/ID, forget/ID and drain/RETRY-TOPIC");
        };
        return new Done(listener, operation, outcome);
    }

    private ListenerOperations find(String id) {
        List<ListenerOperations> known = listeners.get();
        return known.stream()
                .filter(listener -> listener.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ListenerOperationException(
                        Reason.UNKNOWN,
                        "no listener has the id " + id + "; there are: "
                                + String.join(
                                        ", ",
                                        known.stream()
                                                .map(ListenerOperations::id)
                                                .toList())));
    }

    private static ListenerOperationException invalid(String operation, String known) {
        return new ListenerOperationException(
                Reason.INVALID, "there is no operation " + operation + "; there are: " + known);
    }
}
