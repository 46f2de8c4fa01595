package io.triggerquery.consumer.internal.engine;

/** Thrown when an answer for several ids leaves one of them out. */
public final class NoAnswerException extends RuntimeException {

    NoAnswerException(String id) {
        super("the source's answer does not contain " + id, null, false, false);
    }
}
