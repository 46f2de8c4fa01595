package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.letter.LetterReasons;
import io.triggerquery.consumer.internal.letter.LetterReasons.Reason;
import io.triggerquery.consumer.internal.letter.Scanned;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** Counts letters by their reason. Bounds: counts letters with further reasons together. */
final class ReasonCounts {

    private static final int MAX_REASONS = 100;

    private final Map<String, Reason> reasons = new HashMap<>();
    private long others;

    void add(Reason letter) {
        if (reasons.size() < MAX_REASONS || reasons.containsKey(letter.reason())) {
            reasons.merge(letter.reason(), letter, Reason::plus);
        } else {
            others++;
        }
    }

    LetterReasons result(Scanned scanned) {
        return new LetterReasons(
                reasons.values().stream()
                        .sorted(Comparator.comparingLong(Reason::count)
                                .reversed()
                                .thenComparing(Reason::reason))
                        .toList(),
                others,
                scanned);
    }
}
