package io.triggerquery.producer;

/** Thrown when triggers could not be registered in time; the transaction rolls back. */
public final class NotRegisteredException extends RuntimeException {

    NotRegisteredException(String message) {
        super(message);
    }
}
