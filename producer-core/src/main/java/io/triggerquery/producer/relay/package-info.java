/**
 * The loop that sends what waits, wherever it waits: claim, deliver, settle. One per {@link
 * io.triggerquery.producer.relay.TriggerStore}.
 */
@NullMarked
package io.triggerquery.producer.relay;

import org.jspecify.annotations.NullMarked;
