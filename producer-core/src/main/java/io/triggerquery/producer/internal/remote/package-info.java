/** Hands triggers to the relay service: while Kafka is away, or before the commit of the change that they tell of. */
@NullMarked
package io.triggerquery.producer.internal.remote;

import org.jspecify.annotations.NullMarked;
