package io.triggerquery.consumer.internal.actuate;

import io.triggerquery.consumer.internal.control.Audit;
import io.triggerquery.consumer.internal.control.Operation;
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
 * @param ids queries the source for an id
 */
record Operating(Audit audit, InstantSource clock, IdView ids) {

    private static final String OPERATIONS =
            "pause, resume, resync, resync-all, replay, confirm-absences, pause/ID, resume/ID, retry/ID, trigger/ID,"
                    + " forget/ID, ask/ID and drain/RETRY-TOPIC";

    /**
     * A request.
     *
     * @param user the user, or {@code unknown}
     * @param operation the name of the operation
     * @param id the id for an operation on one, or null
     * @param reason the reason of a pause, or null
     * @param until the end of a pause, or null
     */
    record Request(
            String user,
            String listener,
            String operation,
            @Nullable String id,
            @Nullable String reason,
            @Nullable String until) {

        private Audit.Request toAudit() {
            Map<String, String> parameters = new TreeMap<>();
            putIfPresent("id", id, parameters);
            putIfPresent("reason", reason, parameters);
            putIfPresent("until", until, parameters);
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
     * @return the outcome as one sentence or two; of {@code ask}, the answer
     * @throws ListenerOperationException if it is refused
     */
    Object execute(Request request, Supplier<ListenerOperations> listener) {
        try {
            Object outcome = perform(request, listener.get());
            audit.add(request.toAudit(), true, outcome instanceof String sentence ? sentence : "answered");
            return outcome;
        } catch (RuntimeException refused) {
            audit.add(request.toAudit(), false, String.valueOf(refused.getMessage()));
            throw refused;
        }
    }

    private Object perform(Request request, ListenerOperations listener) {
        if (request.until() != null || request.reason() != null) {
            requirePause(request);
        }
        var group = new GroupOperations(listener, request.user());
        return request.id() == null ? perform(request, listener, group) : onId(request, request.id(), listener, group);
    }

    private static void requirePause(Request request) {
        if (!request.operation().equals("pause")) {
            throw new ListenerOperationException(
                    Reason.INVALID, "reason and until are for pause, and " + request.operation() + " reads neither.");
        }
    }

    private String perform(Request request, ListenerOperations listener, GroupOperations group) {
        return switch (request.operation()) {
            case "pause" -> group.pause(Until.of(request.user(), request.reason(), request.until(), clock));
            case "resume" -> group.resume();
            case "resync" -> group.execute(Operation.RESYNC, null, listener::resync);
            case "resync-all" -> group.execute(Operation.RESYNC_ALL, null, listener::resyncAll);
            case "replay" -> listener.replay();
            case "confirm-absences" -> group.execute(Operation.CONFIRM_ABSENCES, null, listener::confirmAbsences);
            default -> throw unknown(request.operation());
        };
    }

    private Object onId(Request request, String id, ListenerOperations listener, GroupOperations group) {
        return switch (request.operation()) {
            case "pause" -> group.pauseId(id, Until.of(request.user(), request.reason(), request.until(), clock));
            case "resume" -> group.resumeId(id);
            case "retry" -> group.execute(Operation.RETRY, id, () -> listener.retry(id));
            case "trigger" -> listener.trigger(id);
            case "forget" -> group.execute(Operation.FORGET, id, () -> listener.forget(id));
            case "ask" -> ids.ask(listener, id);
            case "drain" -> listener.drain(id);
            default -> throw unknown(request.operation());
        };
    }

    private static ListenerOperationException unknown(String operation) {
        return new ListenerOperationException(
                Reason.INVALID, "There is no operation " + operation + ". The operations are: " + OPERATIONS);
    }
}
