package io.triggerquery.consumer.internal.actuate;

import io.triggerquery.consumer.internal.control.Audit;
import io.triggerquery.consumer.internal.failure.OneLine;
import io.triggerquery.consumer.internal.letter.LetterRequest;
import io.triggerquery.consumer.internal.listener.ListenerOperationException;
import io.triggerquery.consumer.internal.listener.ListenerOperationException.Reason;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import io.triggerquery.consumer.internal.listener.ListenerReport;
import io.triggerquery.consumer.internal.monitor.ConsistencyReport;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The actuator endpoint {@value #ID}, which reports on the listeners of this process and operates them.
 *
 * <table>
 *   <caption>Over HTTP, below the actuator's base path</caption>
 *   <tr><td>{@code GET triggerquery}</td><td>reports all listeners</td></tr>
 *   <tr><td>{@code GET triggerquery/LISTENER}</td><td>reports one listener</td></tr>
 *   <tr><td>{@code GET triggerquery/LISTENER/VIEW}</td><td>shows a part of a listener: {@code ids},
 *       {@code fleet}, {@code dead-letters}, {@code deferred}, {@code audit}, {@code consistency}</td></tr>
 *   <tr><td>{@code GET triggerquery/LISTENER/VIEW/ID}, or {@code VIEW?id=ID}</td><td>shows one entry of it</td></tr>
 *   <tr><td>{@code POST triggerquery/LISTENER/pause}, with {@code {"reason": "…", "until": "2h"}} if you like</td>
 *       <td>stops reading in all instances; triggers that were read are completed</td></tr>
 *   <tr><td>{@code POST triggerquery/LISTENER/resume}</td><td>reads again in all instances</td></tr>
 *   <tr><td>{@code POST triggerquery/LISTENER/resync}</td><td>compares the projection with the source</td></tr>
 *   <tr><td>{@code POST triggerquery/LISTENER/replay}</td><td>sends the triggers in the dead-letter topic again, all
 *       or those that the body selects</td></tr>
 *   <tr><td>{@code POST triggerquery/LISTENER/discard}</td><td>marks the selected dead letters, so that no replay sends
 *       them</td></tr>
 *   <tr><td>{@code POST triggerquery/LISTENER/retry/ID}</td><td>tries a waiting id now</td></tr>
 *   <tr><td>{@code POST triggerquery/LISTENER/trigger/ID}</td><td>processes an id as if a trigger had been
 *       received</td></tr>
 *   <tr><td>{@code POST triggerquery/LISTENER/forget/ID}</td><td>forgets which version of an id was applied</td></tr>
 *   <tr><td>{@code POST triggerquery/LISTENER/ask/ID}</td><td>queries the source for an id, without projecting the
 *       answer</td></tr>
 *   <tr><td>{@code POST triggerquery/LISTENER/OPERATION} with the body {@code {"id": "ID"}}</td><td>the same for an id
 *       with characters that the server refuses in a path, such as {@code /}</td></tr>
 *   <tr><td>{@code POST triggerquery/LISTENER/confirm-absences}</td><td>permits held absences to be projected</td></tr>
 *   <tr><td>{@code POST triggerquery/LISTENER/drain/RETRY-TOPIC}</td><td>processes the triggers of another retry
 *       topic</td></tr>
 * </table>
 *
 * <p>A report concerns the process that answers, {@code fleet} all instances of the group. Operations are executed in
 * all instances, or in the one that has what they concern, through the control topic of the group.
 *
 * <p>Security: the operations are writes, and the answers contain ids and error messages. Like every endpoint, it is
 * reachable over HTTP only if {@code management.endpoints.web.exposure.include} names it, and then for everyone who may
 * use the actuator: restrict that access. With {@code management.endpoint.triggerquery.access=read-only} it only
 * reports.
 *
 * <p>Threads: any. Failure: an operation that cannot be executed throws a {@link ListenerOperationException} with a
 * message for the operator.
 */
@Endpoint(id = TriggerQueryEndpoint.ID)
public final class TriggerQueryEndpoint {

    static final String ID = "triggerquery";

    private static final int MAX_STUCK = 20;

    /** The user of a request that was not authenticated, or did not come over HTTP. */
    static final String UNKNOWN_USER = "unknown";

    private final Supplier<List<ListenerOperations>> listeners;
    private final Shown shown;
    private final Audit audit;
    private final Operating operating;

    /**
     * Creates the endpoint.
     *
     * @param listeners the listeners of this process
     * @param shown what its answers contain
     * @param audit receives a record of each operation
     */
    public TriggerQueryEndpoint(Supplier<List<ListenerOperations>> listeners, Shown shown, Audit audit) {
        this.listeners = listeners;
        this.shown = shown;
        this.audit = audit;
        this.operating = new Operating(audit, InstantSource.system(), shown);
    }

    /** The reports of all listeners. */
    public record Reports(List<ListenerReport> listeners) {}

    /**
     * The result of an operation.
     *
     * @param listener the id of the listener
     * @param operation the name of the operation
     * @param outcome the result, as one sentence
     */
    public record Done(String listener, String operation, String outcome) {}

    @ReadOperation
    public Reports listeners() {
        List<CompletableFuture<ListenerReport>> reports = listeners.get().stream()
                .map(listener -> listener.report(MAX_STUCK))
                .toList();
        return new Reports(reports.stream().map(this::shown).toList());
    }

    @ReadOperation
    public ListenerReport listener(@Selector String listener) {
        return shown(find(listener).report(MAX_STUCK));
    }

    private ListenerReport shown(CompletableFuture<ListenerReport> report) {
        ListenerReport complete = report.join();
        return shown.errors() ? complete : complete.withoutErrors();
    }

    /**
     * Shows a part of a listener.
     *
     * @param view the name of the view
     * @param id the id of one entry, or null for all; servers refuse some characters in paths, even encoded
     * @param reason of the dead letters and deferred triggers to show; like the others, see {@link LetterRequest}
     */
    @ReadOperation
    public Object view(
            @Selector String listener,
            @Selector String view,
            @Nullable String id,
            @Nullable String reason,
            @Nullable String since,
            @Nullable String until,
            @Nullable String cursor,
            @Nullable String limit,
            @Nullable String handled) {
        ListenerOperations found = find(listener);
        var letters = new LetterRequest(null, reason, id, since, until, cursor, limit, handled);
        requireNone(view, unread(view, letters));
        return switch (view) {
            case "ids" -> new IdView(shown).of(found, id, limit);
            case "fleet" -> found.fleet().report(listener);
            case "audit" -> audit.of(listener);
            case "consistency" -> consistency(found);
            case "dead-letters" -> new LettersView(shown).deadLetters(found, letters);
            case "deferred" -> new LettersView(shown).deferred(found, letters);
            default -> throw noView(view);
        };
    }

    private static LetterRequest unread(String view, LetterRequest given) {
        return switch (view) {
            case "ids" ->
                new LetterRequest(
                        null,
                        given.reason(),
                        null,
                        given.since(),
                        given.until(),
                        given.cursor(),
                        given.id() == null ? null : given.limit(),
                        given.handled());
            case "fleet", "audit", "consistency" -> given;
            case "deferred" ->
                new LetterRequest(null, null, null, given.since(), given.until(), null, null, given.handled());
            default -> LetterRequest.all(null);
        };
    }

    /** Refuses parameters that a view does not read: its answer would look as if it were selected by them. */
    private static void requireNone(String view, LetterRequest unread) {
        if (!unread.isAll()) {
            throw new ListenerOperationException(
                    Reason.INVALID, "The view " + view + " does not read: " + OneLine.of(unread.toString()));
        }
    }

    private ConsistencyReport consistency(ListenerOperations listener) {
        ConsistencyReport report = listener.monitor()
                .orElseThrow(() -> new ListenerOperationException(
                        Reason.UNAVAILABLE,
                        listener.id() + " has no consistency monitor. It needs a bean of type ProjectedVersions, and a"
                                + " rate of at least 1."))
                .report(listener.id());
        return shown.errors() ? report : report.withoutErrors();
    }

    /**
     * Shows one entry of a part of a listener.
     *
     * @param cursor where to continue, if the entry is a summary of what does not fit in one answer
     */
    @ReadOperation
    public Object viewOfOne(
            @Selector String listener, @Selector String view, @Selector String id, @Nullable String cursor) {
        ListenerOperations found = find(listener);
        return switch (view) {
            case "ids" -> new IdView(shown).of(found, id, null);
            case "dead-letters" -> new LettersView(shown).deadLetter(found, id, cursor);
            default -> throw noView(view);
        };
    }

    private static ListenerOperationException noView(String view) {
        return new ListenerOperationException(
                Reason.INVALID,
                "There is no view " + view + ". The views are: ids, fleet, dead-letters, deferred, audit, consistency");
    }

    /**
     * Operates a listener.
     *
     * @param id the id for an operation on one, or null; servers refuse some characters in paths, even encoded
     * @param letters the dead letters to replay or to discard; like since, cursor and handled, see
     *     {@link LetterRequest}
     * @param reason why a listener or an id is paused, or which dead letters are meant, or null
     * @param until when a pause ends by itself, as a time or a duration, or the end of the dead letters that are meant,
     *     or null
     */
    @WriteOperation
    public Object operate(
            @Selector String listener,
            @Selector String operation,
            @Nullable String id,
            @Nullable String letters,
            @Nullable String reason,
            @Nullable String since,
            @Nullable String until,
            @Nullable String cursor,
            @Nullable String handled) {
        var selection = new LetterRequest(letters, reason, id, since, until, cursor, null, handled);
        return execute(new Operating.Request(UNKNOWN_USER, listener, operation, selection));
    }

    @WriteOperation
    public Object operateOnId(
            @Selector String listener,
            @Selector String operation,
            @Selector String id,
            @Nullable String reason,
            @Nullable String until) {
        return operate(listener, operation, id, null, reason, null, until, null, null);
    }

    /**
     * Executes an operation.
     *
     * @param user who requests it
     * @param body what else was requested, such as the id
     */
    public Object execute(String user, String listener, String operation, LetterRequest body) {
        return execute(new Operating.Request(user, listener, operation, body));
    }

    Object execute(Operating.Request request) {
        Object result = operating.execute(request, () -> find(request.listener()));
        return result instanceof String outcome ? new Done(request.listener(), request.operation(), outcome) : result;
    }

    private ListenerOperations find(String id) {
        List<ListenerOperations> known = listeners.get();
        return known.stream()
                .filter(listener -> listener.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ListenerOperationException(
                        Reason.UNKNOWN,
                        "No listener has the id " + id + ". The listeners are: "
                                + String.join(
                                        ", ",
                                        known.stream()
                                                .map(ListenerOperations::id)
                                                .sorted()
                                                .toList())));
    }
}
