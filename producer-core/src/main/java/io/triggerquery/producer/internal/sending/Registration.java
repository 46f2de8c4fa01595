package io.triggerquery.producer.internal.sending;

import java.util.UUID;

/**
 * A trigger that was announced before its change was committed.
 *
 * @param id what the service that announced it calls it; unique among its own
 */
public record Registration(UUID id, OutgoingTrigger trigger) {}
