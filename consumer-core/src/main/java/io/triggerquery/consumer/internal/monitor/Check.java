package io.triggerquery.consumer.internal.monitor;

import java.util.Collection;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A check that is due at some time.
 *
 * @param subject the id
 * @param measure what it counts for
 * @param due when it is due, in nanoseconds of the monitor's clock
 * @param suspicion what a first look has seen, or null before it
 * @param reported the cause of the last violation of this subject that was reported, or null
 */
record Check(
        Subject subject,
        Measure measure,
        long due,
        @Nullable Suspicion suspicion,
        @Nullable Cause reported) {

    /**
     * What a first look has seen.
     *
     * @param at when that was
     * @param progress the progress of the group then, or null if it is unknown
     */
    record Suspicion(Look look, long at, @Nullable GroupProgress progress) {}

    static Check ofTrigger(Subject subject, Measure measure) {
        return new Check(subject, measure, subject.since() + measure.nanos(), null, null);
    }

    /** Returns the first look at what was listed, which has no age. */
    static Check ofListed(Subject subject, Measure measure) {
        return new Check(subject, measure, subject.since(), null, null);
    }

    String id() {
        return subject.id();
    }

    /**
     * Returns the second look at what a first one has seen. A source that does not have an id yet, because it lags, is
     * given a few seconds: the absence may have no version by which that could be seen.
     */
    Check again(Suspicion seen) {
        long least = seen.look().isFound() ? 0 : Measure.AFTER_10S.nanos();
        return new Check(subject, measure, seen.at() + Math.max(least, measure.nanos()), seen, reported);
    }

    /** Returns the check at the next age, or null if there is none. */
    @Nullable
    Check next(@Nullable Cause reported) {
        Measure next = measure.next();
        return next == null ? null : new Check(subject, next, subject.since() + next.nanos(), null, reported);
    }

    /** Returns whether its trigger came from one of these partitions. */
    boolean isOf(Collection<TopicPartition> partitions) {
        Subject.Received trigger = subject.trigger();
        return trigger != null && partitions.contains(trigger.partition());
    }

    /** Returns whether it is too late to count for its measure. */
    boolean isTooLate(long now) {
        long tolerated = Math.max(Measure.AFTER_1S.nanos(), measure.nanos() / 2);
        return now - due > tolerated;
    }

    /** Returns for how long the id has been wrong at least, if it is wrong now. */
    long provedAge(long now) {
        return now - (suspicion == null ? subject.since() : suspicion.at());
    }
}
