/**
 * The relay loop, which claims, delivers and settles the entries of a {@link
 * io.triggerquery.producer.internal.relay.TriggerStore}. Each store has one.
 */
@NullMarked
package io.triggerquery.producer.internal.relay;

import org.jspecify.annotations.NullMarked;
