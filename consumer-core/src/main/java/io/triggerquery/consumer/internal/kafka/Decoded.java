package io.triggerquery.consumer.internal.kafka;

/** The result of decoding a record. */
sealed interface Decoded {

    /** An id. */
    record Id(String id) implements Decoded {}

    /**
     * Nothing that could ever be an id.
     *
     * @param reason what is wrong with it and what would be right; contains nothing of the value but single characters
     */
    record NotAnId(String reason) implements Decoded {}
}
