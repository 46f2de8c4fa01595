package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.TriggerIdRule;

/**
 * Thrown when a source answers successfully, but with an empty body or with something other than a state of the
 * requested id.
 */
public final class MissingStateException extends RuntimeException {

    private final boolean empty;

    MissingStateException(String sourceName, String requested, String content) {
        this(
                "The source " + sourceName + " answered for " + TriggerIdRule.escaped(requested) + " with " + content
                        + ".",
                false);
    }

    private MissingStateException(String message, boolean empty) {
        super(message);
        this.empty = empty;
    }

    /** Creates the failure of an answer that says in Java that there is no state, such as an empty Optional. */
    static MissingStateException empty(String sourceName, String id) {
        return new MissingStateException(
                "The source " + sourceName + " answered for " + TriggerIdRule.escaped(id)
                        + " that it has no state. If that means that the id"
                        + " does not exist, declare it: @Source(value = \"" + sourceName
                        + "\", absence = Absence.NOT_FOUND). An empty Optional has no header, so Absence.HEADER does"
                        + " not accept it.",
                true);
    }

    /** Creates the failure of a {@code SourceQuery} that returns null. */
    static MissingStateException nullState(String sourceName, String id) {
        return new MissingStateException(
                "The query of the source " + sourceName + " returned null for " + TriggerIdRule.escaped(id)
                        + ", which is a failure and not an absence. If the source does not have the id, return an empty"
                        + " Optional (SourceQuery.optional instead of SourceQuery.one), or leave the id out of the"
                        + " answer.",
                false);
    }

    /** Returns whether the answer was empty by intention, as an Optional can be. */
    boolean isEmpty() {
        return empty;
    }
}
