package io.triggerquery.consumer.internal.kafka;

/** Says in a dead letter's headers why the record is no trigger. */
final class NotATriggerException extends RuntimeException {

    NotATriggerException(String reason) {
        super(reason, null, false, false);
    }
}
