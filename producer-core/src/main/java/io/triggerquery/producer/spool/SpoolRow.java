package io.triggerquery.producer.spool;

import io.triggerquery.producer.sending.Trigger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the file.
 *
 * @param generation of the newest publishing that it covers
 * @param onlyAnnounced whether transactions that have announced it are all that it is there for; false if it was there at
 *     the start
 * @param since when it was first published
 * @param intents how many transactions have announced it and were not seen to end
 * @param parked why it waits for an operator, or null
 */
record SpoolRow(
        Trigger trigger,
        long generation,
        boolean onlyAnnounced,
        Instant since,
        int intents,
        @Nullable String parked) {

    /** There is one row for each. */
    Trigger.Key key() {
        return trigger.key();
    }

    SpoolRow withIntents(int left) {
        return new SpoolRow(trigger, generation, onlyAnnounced, since, left, parked);
    }

    SpoolRow parkedFor(@Nullable String reason) {
        return new SpoolRow(trigger, generation, onlyAnnounced, since, intents, reason);
    }
}
