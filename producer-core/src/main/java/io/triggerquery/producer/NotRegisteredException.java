package io.triggerquery.producer;

/** Thrown when the relay service did not register triggers in time; the transaction rolls back. */
public final class NotRegisteredException extends RuntimeException {

    /**
     * Creates an exception.
     *
     * @param message why the triggers were not registered
     */
    public NotRegisteredException(String message) {
        super(message);
    }
}
