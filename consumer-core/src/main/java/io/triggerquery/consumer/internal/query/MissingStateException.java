package io.triggerquery.consumer.internal.query;

/** A source answered successfully, but with nothing, or with something that is no state of the id it was asked for. */
public final class MissingStateException extends RuntimeException {

    MissingStateException(String sourceName, String askedFor, String what) {
        super("the source " + sourceName + " answered for " + askedFor + " with " + what);
    }
}
