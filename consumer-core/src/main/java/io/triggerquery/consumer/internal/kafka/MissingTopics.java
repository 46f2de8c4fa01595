package io.triggerquery.consumer.internal.kafka;

/** What happens at the start of a listener if a trigger topic does not exist. */
public enum MissingTopics {
    /** The start fails. */
    FAIL,
    /** The listener starts, and reads the topic from its beginning once it exists. */
    WAIT,
    /** The topic is created with the broker's default partitions and replication. */
    CREATE
}
