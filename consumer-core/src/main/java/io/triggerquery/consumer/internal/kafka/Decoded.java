package io.triggerquery.consumer.internal.kafka;

/** The result of decoding a record. */
sealed interface Decoded {

    /** A valid id. */
    record Id(String id) implements Decoded {}

    /**
     * A value that is no id.
     *
     * @param reason what is wrong and how to correct it; of the value it contains at most single characters or a path
     */
    record NotAnId(String reason) implements Decoded {}
}
