package io.triggerquery.producer;

/** Thrown when triggers could not be registered in time; the transaction rolls back. */
public final class NotRegisteredException extends RuntimeException {

    /** Creates an exception with a message that says why and what to do. */
    public NotRegisteredException(String message) {
        super(message);
    }
}
