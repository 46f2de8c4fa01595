package io.triggerquery.producer.autoconfigure;

/** How a trigger is kept until Kafka has it. */
public enum Strategy {
    /** As a row in the business transaction; a relay loop sends it. */
    OUTBOX
}
