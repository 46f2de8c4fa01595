package io.triggerquery.producer;

/** Thrown when the relay service did not register triggers in time; the transaction rolls back. */
public final class NotRegisteredException extends RuntimeException {

    /** Creates an exception with a message that says why and what to do. */
    public NotRegisteredException(String message) {
        super(message);
    }
}
