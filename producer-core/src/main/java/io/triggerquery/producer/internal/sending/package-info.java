/** Triggers, destinations, and the outcome of a send. */
@NullMarked
package io.triggerquery.producer.internal.sending;

import org.jspecify.annotations.NullMarked;
