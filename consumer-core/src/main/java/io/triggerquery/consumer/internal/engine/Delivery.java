package io.triggerquery.consumer.internal.engine;

import org.apache.kafka.common.TopicPartition;

/**
 * One arrival of a message.
 *
 * @param partition where it arrived
 * @param offset its offset there
 * @param work what it asks for
 * @param bytes what it holds in memory, roughly
 * @param acknowledge commits everything in its partition up to and including this offset; must neither block nor throw
 */
public record Delivery(TopicPartition partition, long offset, Work work, int bytes, Runnable acknowledge) {}
