package io.triggerquery.consumer.internal.query;

/**
 * Thrown when a source answers successfully but with nothing, or with something that is not a state of the requested
 * id.
 */
public final class MissingStateException extends RuntimeException {

    MissingStateException(String sourceName, String askedFor, String what) {
        super("the source " + sourceName + " answered for " + askedFor + " with " + what);
    }
}
