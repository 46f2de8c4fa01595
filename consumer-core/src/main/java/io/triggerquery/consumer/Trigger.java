package io.triggerquery.consumer;

import java.time.Instant;

/**
 * The message: "look again at {@code id}". It carries nothing of the state itself.
 *
 * @param topic where it was read
 * @param id what to look at; valid as checked when it was decoded
 * @param producedAt the record's timestamp, from which staleness is measured
 */
public record Trigger(String topic, String id, Instant producedAt) {}
