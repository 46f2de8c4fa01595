package io.triggerquery.consumer.internal.query;

/** Thrown when a source sends more than {@link SourceSettings#maxAnswerBytes()}. */
public final class AnswerTooLargeException extends RuntimeException {

    AnswerTooLargeException(String path, int maxBytes) {
        super("the answer of " + path + " has more than " + maxBytes
                + " bytes; if it is right, raise triggerquery.sources.NAME.max-answer-size");
    }
}
