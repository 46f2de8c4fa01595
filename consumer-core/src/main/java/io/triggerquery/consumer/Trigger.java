package io.triggerquery.consumer;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * A message that says that the state of an id may have changed. It carries nothing of the state itself.
 *
 * @param topic the listener's topic
 * @param id what to look at; valid as checked when it was decoded
 * @param version a lower bound of the version that the source answers from now on, if the sender stated one; not negative.
 *     An older answer is stale; an equal one proves nothing about later changes
 * @param producedAt when the trigger was first sent, from which staleness is measured
 */
public record Trigger(String topic, String id, OptionalLong version, Instant producedAt) {}
