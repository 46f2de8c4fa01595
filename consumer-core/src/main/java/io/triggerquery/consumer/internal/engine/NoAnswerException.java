package io.triggerquery.consumer.internal.engine;

/** An answer for several ids left one of them out. */
public final class NoAnswerException extends RuntimeException {

    NoAnswerException(String id) {
        super("the source's answer has nothing for " + id, null, false, false);
    }
}
