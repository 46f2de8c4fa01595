package io.triggerquery.consumer.test;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that was sent to the dead-letter topic because it, or one of its elements, is not a trigger.
 *
 * @param record the record
 * @param reason why it is not a trigger
 */
public record DeadRecord(ConsumerRecord<byte[], byte[]> record, String reason) {}
