/**
 * The loop that sends what waits, wherever it waits: claim, deliver, settle. One per {@link
 * io.triggerquery.producer.internal.relay.TriggerStore}.
 */
@NullMarked
package io.triggerquery.producer.internal.relay;

import org.jspecify.annotations.NullMarked;
