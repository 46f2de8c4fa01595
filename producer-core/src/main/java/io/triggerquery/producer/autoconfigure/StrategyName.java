package io.triggerquery.producer.autoconfigure;

import java.util.Locale;

/** The strategies: how a trigger is kept until Kafka has it. */
public enum StrategyName {
    /** In memory for a few tries; then it is reported. */
    RETRY,
    /** In memory until Kafka has it. */
    MEMORY_QUEUE,
    /** On this machine's disk. */
    DISK_QUEUE,
    /** In memory; while Kafka is away it is handed to the relay service. */
    RELAY,
    /** Registered with the relay service before the commit, activated after it. */
    REGISTRATION,
    /** As a row in the business transaction. */
    OUTBOX;

    /** As it is written in properties. */
    String property() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
