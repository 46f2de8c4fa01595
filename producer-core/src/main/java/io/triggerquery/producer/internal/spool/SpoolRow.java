package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the file.
 *
 * @param generation of the newest publishing that it covers
 * @param published the generation of the newest publishing that waits for no transaction; 0 if there is none
 * @param since when it was first published
 * @param intents how many transactions have announced it and were not seen to end
 * @param parked why it waits for an operator, or null
 */
record SpoolRow(
        OutgoingTrigger trigger,
        long generation,
        long published,
        Instant since,
        int intents,
        @Nullable String parked) {

    /** There is one row for each. */
    OutgoingTrigger.Key key() {
        return trigger.key();
    }

    SpoolRow withIntents(int left) {
        return new SpoolRow(trigger, generation, published, since, left, parked);
    }

    /** Nothing is left of it but what transactions have announced. */
    SpoolRow onlyAnnounced() {
        return new SpoolRow(trigger, generation, 0, since, intents, parked);
    }

    SpoolRow parkedFor(@Nullable String reason) {
        return new SpoolRow(trigger, generation, published, since, intents, reason);
    }
}
