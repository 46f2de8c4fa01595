package io.triggerquery.consumer.query;

/** A source answered successfully, but with nothing. */
public final class NoStateException extends RuntimeException {

    NoStateException(String sourceName, String id) {
        super("the source " + sourceName + " answered with an empty body for " + id);
    }
}
