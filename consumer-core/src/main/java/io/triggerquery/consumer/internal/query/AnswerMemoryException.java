package io.triggerquery.consumer.internal.query;

/** An answer could not be read in time, because other answers had all the memory that a source's answers may have. */
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
