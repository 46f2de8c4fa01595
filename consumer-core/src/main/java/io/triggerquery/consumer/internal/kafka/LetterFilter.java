package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.TriggerIdRule;
import io.triggerquery.consumer.internal.letter.LetterRequest;
import io.triggerquery.consumer.internal.letter.Offsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A validated {@link LetterRequest}.
 *
 * @param letters the selected positions, or null for all
 * @param request the request, for what needs no conversion
 * @param since the earliest time, or null
 * @param until the time before which letters were sent, or null
 * @param cursor the offsets at which it continues; may be empty
 */
record LetterFilter(
        @Nullable Offsets letters,
        LetterRequest request,
        @Nullable Instant since,
        @Nullable Instant until,
        Map<TopicPartition, Long> cursor) {

    /** The largest number of letters that may be selected by their positions. */
    static final int MAX_SELECTED = 10_000;

    static final LetterFilter OPEN = new LetterFilter(null, LetterRequest.all(null), null, null, Map.of());

    /**
     * Validates a request.
     *
     * @throws IllegalArgumentException if it makes no sense
     */
    static LetterFilter of(LetterRequest request, Collection<String> topics) {
        Offsets letters = request.letters() == null ? null : Offsets.parse(request.letters(), topics);
        if (letters != null && letters.count() > MAX_SELECTED) {
            throw new IllegalArgumentException("letters selects " + letters.count() + " positions; at most "
                    + MAX_SELECTED + " are allowed. Select more by reason, since or until");
        }
        return new LetterFilter(
                letters,
                request,
                time("since", request.since()),
                time("until", request.until()),
                request.cursor() == null
                        ? Map.of()
                        : Offsets.parse(request.cursor(), topics).first());
    }

    private static @Nullable Instant time(String name, @Nullable String value) {
        try {
            return value == null ? null : Instant.parse(value);
        } catch (DateTimeException invalid) {
            throw new IllegalArgumentException(name + " is not a time such as 2026-03-31T03:00:00Z");
        }
    }

    /**
     * Returns a number of a request.
     *
     * @throws IllegalArgumentException if it is not between 1 and the maximum
     */
    static int limit(LetterRequest request, int byDefault, int max) {
        String limit = request.limit();
        if (limit == null) {
            return byDefault;
        }
        if (!limit.matches("[0-9]{1,6}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > max) {
            throw new IllegalArgumentException("limit is not a number from 1 to " + max);
        }
        return Integer.parseInt(limit);
    }

    /** Returns whether letters count that were replayed or discarded before. */
    boolean handled() {
        return Boolean.parseBoolean(request.handled());
    }

    /** Returns whether the position of a letter may be selected. */
    boolean mayBe(DeadLetter letter) {
        return letters == null
                || letters.contains(letter.partition(), letter.message().offset());
    }

    /** Returns whether a letter of the listener's group is selected. */
    boolean matches(DeadLetter letter, RecordTriggers triggers) {
        Instant at = Instant.ofEpochMilli(letter.message().timestamp());
        return (request.reason() == null || request.reason().equals(letter.reason()))
                && (since == null || !at.isBefore(since))
                && (until == null || at.isBefore(until))
                && (request.id() == null || hasId(letter, request.id(), triggers));
    }

    private static boolean hasId(DeadLetter letter, String id, RecordTriggers triggers) {
        try {
            return triggers.ofDeadLetter(letter.message()).triggers().stream()
                    .anyMatch(trigger -> isId(id, trigger.id()));
        } catch (IllegalStateException undecodable) {
            return false;
        }
    }

    /** Returns whether a request names an id, as it is or as log lines write it. */
    static boolean isId(String requested, String id) {
        return requested.equals(id) || requested.equals(TriggerIdRule.escaped(id));
    }
}
