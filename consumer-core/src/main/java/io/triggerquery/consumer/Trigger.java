package io.triggerquery.consumer;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * The message: "look again at {@code id}". It carries nothing of the state itself.
 *
 * @param topic the listener's topic
 * @param id what to look at; valid as checked when it was decoded
 * @param version the version that the state had reached when the trigger was sent, if the sender said so; not negative
 * @param producedAt when the trigger was first sent, from which staleness is measured
 */
public record Trigger(String topic, String id, OptionalLong version, Instant producedAt) {}
