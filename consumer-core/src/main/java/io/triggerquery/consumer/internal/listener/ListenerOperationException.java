package io.triggerquery.consumer.internal.listener;

/** Thrown when an operation on a listener was not performed. The message gives the operator the reason. */
public final class ListenerOperationException extends RuntimeException {

    private final Reason reason;

    /** The kind of reason. */
    public enum Reason {
        /** The listener or the id does not exist. */
        UNKNOWN,
        /** The request is not valid. */
        INVALID,
        /** The listener cannot perform the operation. */
        UNAVAILABLE,
        /** This instance does not have what the operation concerns; another may. */
        ELSEWHERE
    }

    public ListenerOperationException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
