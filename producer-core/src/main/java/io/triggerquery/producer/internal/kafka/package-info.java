/** Sends triggers with a Kafka producer of their own. */
@NullMarked
package io.triggerquery.producer.internal.kafka;

import org.jspecify.annotations.NullMarked;
