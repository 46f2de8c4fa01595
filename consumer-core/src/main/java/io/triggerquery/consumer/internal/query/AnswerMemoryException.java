package io.triggerquery.consumer.internal.query;

/**
 * Thrown when an answer could not be read in time because other answers used all the memory for a source's answers.
 */
final class AnswerMemoryException extends RuntimeException {

    AnswerMemoryException(String address) {
        super(
                "the answer of " + address
                        + " found no room beside the others; raise triggerquery.sources.NAME.max-buffered-size, or lower"
                        + " max-calls",
                null,
                false,
                false);
    }
}
