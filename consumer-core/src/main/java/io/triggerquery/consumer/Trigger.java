package io.triggerquery.consumer;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * A notification that the state of an id may have changed. It carries no state.
 *
 * <p>Create triggers, for example in tests, by {@link #of}: the record may get more components.
 *
 * @param topic the topic to which it was first sent, also after it was deferred. A merged trigger has the topic of the
 *     first. A trigger of a resync or of an operator has the listener's first topic
 * @param id the id, validated when it was decoded
 * @param version a lower bound of the version that the source answers from now on, if the sender stated one; at least
 *     0. An answer with a lower version is stale; one with an equal version proves nothing about later changes
 * @param producedAt the time at which the trigger was first sent; staleness is measured from it
 */
public record Trigger(String topic, String id, OptionalLong version, Instant producedAt) {

    /** Returns a trigger without a version, sent now. */
    public static Trigger of(String topic, String id) {
        return new Trigger(topic, id, OptionalLong.empty(), Instant.now());
    }
}
