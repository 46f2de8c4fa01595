package io.triggerquery.consumer.internal.kafka;

/** The reason in a dead letter's headers why the record is not a trigger. */
final class NotATriggerException extends RuntimeException {

    /** How the reason begins if the decoder failed. */
    static final String DECODER_FAILED = "the decoder failed: ";

    NotATriggerException(String reason) {
        super(reason, null, false, false);
    }
}
