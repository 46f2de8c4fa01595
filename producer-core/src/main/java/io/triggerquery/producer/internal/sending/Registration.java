package io.triggerquery.producer.internal.sending;

import java.util.UUID;

/**
 * A trigger that was announced before its change was committed.
 *
 * @param id the id that the announcing service gave it; unique within that service
 */
public record Registration(UUID id, OutgoingTrigger trigger) {}
