package io.triggerquery.producer.internal.relay;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;

/**
 * An entry of a store that the relay may send.
 *
 * @param row the entry's own number
 * @param generation grows when the entry is published or activated again; what was sent covers the entry only if it has
 *     not grown since
 * @param trigger what to send
 * @param attempts how many sends of this entry have failed
 */
public record Claimed(long row, long generation, OutgoingTrigger trigger, int attempts) {}
