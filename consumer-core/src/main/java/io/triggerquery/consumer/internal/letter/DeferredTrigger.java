package io.triggerquery.consumer.internal.letter;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A trigger in the retry topic.
 *
 * @param id its id
 * @param version its version, or null
 * @param topic the topic to which it was first sent
 * @param failures the number of rounds that have failed in a row
 * @param failingSince when the first of them failed
 * @param deferredAt when it was deferred
 * @param nextTry about when it is tried next, if the listener reads on; null if it is unknown
 * @param cause the cause of the last failure, as one line, or null if the record does not state it, or errors are
 *     not shown
 * @param position its partition and offset in the retry topic
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeferredTrigger(
        String id,
        @Nullable Long version,
        String topic,
        long failures,
        Instant failingSince,
        Instant deferredAt,
        @Nullable Instant nextTry,
        @Nullable String cause,
        String position) {

    /** Returns it without texts that can quote data. */
    public DeferredTrigger withoutErrors() {
        return new DeferredTrigger(id, version, topic, failures, failingSince, deferredAt, nextTry, null, position);
    }

    /** Returns it with the time of the next try. */
    public DeferredTrigger withNextTry(Instant time) {
        return new DeferredTrigger(id, version, topic, failures, failingSince, deferredAt, time, cause, position);
    }
}
