package io.triggerquery.consumer;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * A notification that the state of an id may have changed. It carries no state.
 *
 * @param topic the listener's topic
 * @param id the id, validated when it was decoded
 * @param version a lower bound of the version that the source answers from now on, if the sender stated one; at least
 *     0. An answer with a lower version is stale; one with an equal version proves nothing about later changes
 * @param producedAt the time at which the trigger was first sent; staleness is measured from it
 */
public record Trigger(String topic, String id, OptionalLong version, Instant producedAt) {}
