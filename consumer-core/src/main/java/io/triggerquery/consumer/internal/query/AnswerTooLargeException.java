package io.triggerquery.consumer.internal.query;

/** Thrown when a source sends more than {@code triggerquery.sources.NAME.max-answer-size}. */
public final class AnswerTooLargeException extends RuntimeException {

    AnswerTooLargeException(String path, int maxBytes) {
        super("The answer of " + path + " has more than " + maxBytes
                + " bytes. If that is expected, raise triggerquery.sources.NAME.max-answer-size.");
    }
}
