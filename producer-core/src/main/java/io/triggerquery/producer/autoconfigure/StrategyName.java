package io.triggerquery.producer.autoconfigure;

import java.util.Locale;

/** The strategies, each of which keeps a trigger in a different way until Kafka has it. */
public enum StrategyName {
    /** Keeps a trigger in memory for a few attempts, then reports it as undelivered. */
    RETRY,
    /** Keeps a trigger in memory until Kafka has it. */
    MEMORY_QUEUE,
    /** Keeps a trigger on this machine's disk until Kafka has it. */
    DISK_QUEUE,
    /** Keeps a trigger in memory until Kafka or, during an outage of Kafka, the relay service has it. */
    RELAY,
    /** Registers a trigger with the relay service before the commit and activates it after the commit. */
    REGISTRATION,
    /** Inserts a row in the business transaction. */
    OUTBOX;

    /** Returns the name as written in properties. */
    String property() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
