package io.triggerquery.producer;

/** Rolls a transaction back whose triggers could not be registered in time; nothing of it has been committed. */
public final class NotRegisteredException extends RuntimeException {

    NotRegisteredException(String message) {
        super(message);
    }
}
