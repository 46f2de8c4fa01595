package io.triggerquery.producer.internal.relay;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;

/**
 * An entry of a store that the relay may send.
 *
 * @param row the number of the entry
 * @param generation increases when the entry is published or activated again; a send covers the entry only if the
 *     generation is still the same
 * @param trigger the trigger to send
 * @param attempts the number of failed sends of this entry
 */
public record Claimed(long row, long generation, OutgoingTrigger trigger, int attempts) {}
