package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.failure.OneLine;
import io.triggerquery.consumer.internal.letter.Letter;
import io.triggerquery.consumer.internal.letter.LetterReasons;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows dead letters to operators.
 *
 * @param triggers reads their triggers
 */
record LetterViews(RecordTriggers triggers) {

    private static final int MAX_IDS = 10;

    Letter letter(DeadLetter letter, LetterState state, Letter.@Nullable Content content) {
        List<Trigger> found = triggers(letter);
        Long version = found.size() == 1 && found.get(0).version().isPresent()
                ? found.get(0).version().getAsLong()
                : null;
        return new Letter(
                letter.position(),
                state.label(),
                at(letter),
                OneLine.of(letter.reason()),
                OneLine.of(letter.cause()),
                found.stream().limit(MAX_IDS).map(Trigger::id).toList(),
                version,
                DeadLetters.isCut(letter.message()),
                letter.origin(),
                content);
    }

    private List<Trigger> triggers(DeadLetter letter) {
        try {
            return DeadLetters.isCut(letter.message())
                    ? List.of()
                    : triggers.ofDeadLetter(letter.message()).triggers();
        } catch (IllegalStateException undecodable) {
            return List.of();
        }
    }

    LetterReasons.Reason reason(DeadLetter letter) {
        return new LetterReasons.Reason(
                OneLine.of(letter.reason()), 1, at(letter), at(letter), letter.position(), OneLine.of(letter.cause()));
    }

    private static Instant at(DeadLetter letter) {
        return Instant.ofEpochMilli(letter.message().timestamp());
    }
}
