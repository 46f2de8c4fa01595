package io.triggerquery.consumer.internal.kafka;

/** The reason in a dead letter's headers why the record is not a trigger. */
final class NotATriggerException extends RuntimeException {

    NotATriggerException(String reason) {
        super(reason, null, false, false);
    }
}
