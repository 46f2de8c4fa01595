package io.triggerquery.consumer.internal.listener;

/** Thrown when an operation on a listener was not performed. The message says why, for the operator. */
public final class ListenerOperationException extends RuntimeException {

    private final Reason reason;

    /** What is wrong. */
    public enum Reason {
        /** There is no such listener, or it knows no such id. */
        UNKNOWN,
        /** What was asked for makes no sense. */
        INVALID,
        /** The listener cannot do it. */
        UNAVAILABLE
    }

    public ListenerOperationException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
