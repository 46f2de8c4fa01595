package io.triggerquery.consumer.internal.actuate;

import io.triggerquery.consumer.TriggerIdRule;
import io.triggerquery.consumer.internal.control.CommandResult;
import io.triggerquery.consumer.internal.control.ControlSettings;
import io.triggerquery.consumer.internal.control.Operation;
import io.triggerquery.consumer.internal.control.PauseRequest;
import io.triggerquery.consumer.internal.listener.ListenerOperationException;
import io.triggerquery.consumer.internal.listener.ListenerOperationException.Reason;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The operations on a listener that concern all instances of its group, or one that may be another.
 *
 * <p>Threads: any. Bounds: the waits of {@link ControlSettings}. Failure: throws {@link ListenerOperationException}.
 *
 * @param listener the listener in this instance
 * @param user who requests them
 */
record GroupOperations(ListenerOperations listener, String user) {

    String pause(PauseRequest request) {
        String alone = written(() -> listener.fleet().pause(listener.id(), null, request));
        return "Reading pauses " + where(alone) + ". Triggers that were read are completed." + because(alone);
    }

    String resume() {
        String alone = written(() -> listener.fleet().resume(listener.id(), null));
        listener.resume(); // also if something else has paused the container
        return "Reading resumes " + where(alone) + "." + because(alone);
    }

    String pauseId(String id, PauseRequest request) {
        listener.requireValid(id);
        if (request.until() == null && request.duration() == null) {
            throw new ListenerOperationException(
                    Reason.INVALID, "An id is paused until a time. Say which, as in {\"until\": \"2h\"}.");
        }
        if (listener.fleet().isFullOfPausedIds() && listener.fleet().pauseOf(listener.id(), id) == null) {
            throw new ListenerOperationException(
                    Reason.UNAVAILABLE, "The limit of paused ids is reached. Pause the listener instead.");
        }
        String alone = written(() -> listener.fleet().pause(listener.id(), id, request));
        return TriggerIdRule.escaped(id) + " is not queried until then " + where(alone) + ". Its triggers are deferred."
                + because(alone);
    }

    String resumeId(String id) {
        if (listener.fleet().pauseOf(listener.id(), id) == null) {
            throw new ListenerOperationException(
                    Reason.UNKNOWN, "The id " + TriggerIdRule.escaped(id) + " is not paused.");
        }
        String alone = written(() -> listener.fleet().resume(listener.id(), id));
        return TriggerIdRule.escaped(id) + " is queried again " + where(alone) + "." + because(alone);
    }

    private static String where(@Nullable String alone) {
        return alone == null ? "in all instances of the group" : "in this instance";
    }

    private static String because(@Nullable String alone) {
        return alone == null ? "" : " Other instances, and this one after a restart, may not do so: " + alone + ".";
    }

    /**
     * Executes an operation here or, if this instance cannot, in another; one for all instances in all of them.
     *
     * @param here executes it in this instance
     */
    String execute(Operation operation, @Nullable String id, Supplier<String> here) {
        List<String> outcomes = new ArrayList<>();
        ListenerOperationException refused = null;
        try {
            outcomes.add(here.get());
        } catch (ListenerOperationException notHere) {
            if (notHere.reason() != Reason.ELSEWHERE) {
                throw notHere;
            }
            refused = notHere;
        }
        if (refused == null && !operation.isForAll()) {
            return outcomes.get(0);
        }
        CommandResult others = command(operation, id);
        others.executed().forEach((instance, outcome) -> outcomes.add(instance + ": " + outcome));
        if (refused != null && others.executed().isEmpty()) {
            Reason reason = id == null || !others.silent().isEmpty() ? Reason.UNAVAILABLE : Reason.UNKNOWN;
            throw new ListenerOperationException(reason, refused.getMessage() + notElsewhere(others));
        }
        return String.join(" ", outcomes) + (operation.isForAll() ? silent(others) : "");
    }

    /** Returns why an answer may lack what other instances know, or null if all have answered. */
    static @Nullable String missing(CommandResult others) {
        if (others.problem() != null) {
            return "No other instance was asked: " + others.problem() + ".";
        }
        return others.silent().isEmpty() ? null : noAnswerFrom(others) + ".";
    }

    private static String noAnswerFrom(CommandResult others) {
        return "No answer within " + ControlSettings.DEFAULT.answerWithin().toSeconds() + " s from "
                + String.join(", ", others.silent());
    }

    private static String notElsewhere(CommandResult others) {
        if (others.problem() != null) {
            return " " + missing(others);
        }
        String refused = others.refused().isEmpty()
                ? ""
                : " Nor can " + String.join(", ", others.refused().keySet()) + ".";
        return refused + silent(others);
    }

    private static String silent(CommandResult others) {
        return others.silent().isEmpty() ? "" : " " + noAnswerFrom(others) + ", which may or may not have executed it.";
    }

    /** Sends a command to the other instances and waits for their answers. */
    CommandResult command(Operation operation, @Nullable String id) {
        try {
            return listener.fleet().command(operation, listener.id(), id, user);
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
    }

    private interface Writing {
        @Nullable
        String run() throws InterruptedException;
    }

    private static @Nullable String written(Writing writing) {
        try {
            return writing.run();
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
    }

    private static ListenerOperationException interrupted() {
        Thread.currentThread().interrupt();
        return new ListenerOperationException(Reason.UNAVAILABLE, "The request was interrupted.");
    }
}
