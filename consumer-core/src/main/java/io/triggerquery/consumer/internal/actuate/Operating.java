package io.triggerquery.consumer.internal.actuate;

import io.triggerquery.consumer.internal.control.Audit;
import io.triggerquery.consumer.internal.control.Operation;
import io.triggerquery.consumer.internal.letter.LetterRequest;
import io.triggerquery.consumer.internal.listener.ListenerOperationException;
import io.triggerquery.consumer.internal.listener.ListenerOperationException.Reason;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Executes the operations that are requested by name, and adds an audit record for each, also for those that are
 * refused.
 *
 * <p>Threads: any.
 *
 * @param audit receives the records
 * @param clock tells whether the end of a pause is over
 * @param shown what the answers contain
 */
record Operating(Audit audit, InstantSource clock, Shown shown) {

    private static final String OPERATIONS =
            "pause, resume, resync, resync-all, replay, discard, confirm-absences, pause/ID, resume/ID, retry, retry/ID, trigger/ID,"
                    + " forget/ID, ask/ID and drain/RETRY-TOPIC";

    /**
     * A request.
     *
     * @param user the user, or {@code unknown}
     * @param operation the name of the operation
     * @param body what else was requested: an id for an operation on one, the reason and the end of a pause, or the
     *     dead letters that are meant
     */
    record Request(String user, String listener, String operation, LetterRequest body) {

        private Audit.Request toAudit() {
            Map<String, String> parameters = new TreeMap<>();
            putIfPresent("id", body.id(), parameters);
            putIfPresent("letters", body.letters(), parameters);
            putIfPresent("reason", body.reason(), parameters);
            putIfPresent("since", body.since(), parameters);
            putIfPresent("until", body.until(), parameters);
            putIfPresent("cursor", body.cursor(), parameters);
            putIfPresent("handled", body.handled(), parameters);
            return new Audit.Request(user, listener, operation, parameters);
        }

        private static void putIfPresent(String name, @Nullable String value, Map<String, String> parameters) {
            if (value != null) {
                parameters.put(name, value);
            }
        }
    }

    /**
     * Executes an operation.
     *
     * @param listener finds the listener, or throws that it does not exist
     * @return the outcome as one sentence or two; of {@code ask} and of operations on
     *     selected dead letters, the answer
     * @throws ListenerOperationException if it is refused
     */
    Object execute(Request request, Supplier<ListenerOperations> listener) {
        try {
            Object outcome = perform(request, listener.get());
            audit.add(request.toAudit(), true, line(outcome));
            return outcome;
        } catch (RuntimeException refused) {
            audit.add(request.toAudit(), false, String.valueOf(refused.getMessage()));
            throw refused;
        }
    }

    private static String line(Object outcome) {
        if (outcome instanceof LettersView.Done done) {
            return done.outcome();
        }
        return outcome instanceof String sentence ? sentence : "answered";
    }

    private Object perform(Request request, ListenerOperations listener) {
        LetterRequest body = request.body();
        boolean replays = request.operation().equals("replay");
        if (request.operation().equals("discard") || replays && !body.isAll()) {
            return new LettersView(shown).change(listener, request.operation(), body);
        }
        requireEffect(request);
        var group = new GroupOperations(listener, request.user());
        return body.id() == null ? perform(request, listener, group) : onId(request, body.id(), listener, group);
    }

    /** Refuses what the operation does not read. */
    private static void requireEffect(Request request) {
        LetterRequest body = request.body();
        boolean isPause = request.operation().equals("pause");
        boolean retriesMany = request.operation().equals("retry") && body.id() == null;
        if (!isPause && (body.until() != null || body.reason() != null && !retriesMany)) {
            throw new ListenerOperationException(
                    Reason.INVALID,
                    "reason applies to pause, replay, discard, and retry without an id; until applies to the"
                            + " first three. "
                            + request.operation() + " accepts neither here.");
        }
        if (body.letters() != null || body.since() != null || body.cursor() != null || body.handled() != null) {
            throw new ListenerOperationException(
                    Reason.INVALID,
                    "letters, since, cursor and handled apply only to replay and discard. " + request.operation()
                            + " accepts none of them.");
        }
    }

    private String perform(Request request, ListenerOperations listener, GroupOperations group) {
        return switch (request.operation()) {
            case "pause" ->
                group.pause(Until.of(
                        request.user(), request.body().reason(), request.body().until(), clock));
            case "resume" -> group.resume();
            case "retry" -> retryAfter(request.body().reason(), listener, group);
            case "resync" -> group.execute(Operation.RESYNC, null, listener::resync);
            case "resync-all" -> group.execute(Operation.RESYNC_ALL, null, listener::resyncAll);
            case "replay" -> listener.replay();
            case "confirm-absences" -> group.execute(Operation.CONFIRM_ABSENCES, null, listener::confirmAbsences);
            default -> throw unknown(request.operation());
        };
    }

    private static String retryAfter(@Nullable String reason, ListenerOperations listener, GroupOperations group) {
        if (reason == null || reason.isBlank()) {
            throw new ListenerOperationException(
                    Reason.INVALID,
                    "Name the id, as in retry/ID, or a part of the cause of the failures, as in {\"reason\": \"…\"}.");
        }
        return group.execute(Operation.RETRY_AFTER, reason, () -> listener.retryAfter(reason));
    }

    private Object onId(Request request, String id, ListenerOperations listener, GroupOperations group) {
        return switch (request.operation()) {
            case "pause" ->
                group.pauseId(
                        id,
                        Until.of(
                                request.user(),
                                request.body().reason(),
                                request.body().until(),
                                clock));
            case "resume" -> group.resumeId(id);
            case "retry" -> group.execute(Operation.RETRY, id, () -> listener.retry(id));
            case "trigger" -> listener.trigger(id);
            case "forget" -> group.execute(Operation.FORGET, id, () -> listener.forget(id));
            case "ask" -> new IdView(shown).ask(listener, id);
            case "drain" -> listener.drain(id);
            default -> throw unknown(request.operation());
        };
    }

    private static ListenerOperationException unknown(String operation) {
        return new ListenerOperationException(
                Reason.INVALID, "There is no operation " + operation + ". The operations are: " + OPERATIONS);
    }
}
