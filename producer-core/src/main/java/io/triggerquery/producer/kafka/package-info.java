/** Sends triggers with a Kafka producer of their own. */
@NullMarked
package io.triggerquery.producer.kafka;

import org.jspecify.annotations.NullMarked;
