package io.triggerquery.consumer.internal.kafka;

import java.util.Locale;

/** What was done with a dead letter. */
enum LetterState {
    /** Discarded by a selection. */
    DISCARDED,
    /** Replayed by a selection. */
    REPLAYED,
    /** Replayed, or passed over, by a replay of all. */
    PASSED,
    /** Nothing. */
    OPEN;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether it was selected. */
    boolean isMarked() {
        return this == DISCARDED || this == REPLAYED;
    }
}
