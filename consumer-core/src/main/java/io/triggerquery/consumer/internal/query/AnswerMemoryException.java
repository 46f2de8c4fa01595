package io.triggerquery.consumer.internal.query;

/**
 * Thrown when an answer could not be read in time because other answers used all the memory for the source's answers.
 */
final class AnswerMemoryException extends RuntimeException {

    AnswerMemoryException(String address) {
        super(
                "The answer of " + address
                        + " could not be read in time, because other answers of the source use all of its memory. Raise"
                        + " triggerquery.sources.NAME.max-buffered-size, or lower max-calls.",
                null,
                false,
                false);
    }
}
