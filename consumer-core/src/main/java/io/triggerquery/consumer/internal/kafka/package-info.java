/**
 * The connection between spring-kafka's containers and the engine: decoding, handover of partitions, pausing, dead
 * letters.
 */
@NullMarked
package io.triggerquery.consumer.internal.kafka;

import org.jspecify.annotations.NullMarked;
