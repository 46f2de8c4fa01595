/** Passes triggers to the relay service: during an outage of Kafka, or before the commit of their transaction. */
@NullMarked
package io.triggerquery.producer.internal.remote;

import org.jspecify.annotations.NullMarked;
