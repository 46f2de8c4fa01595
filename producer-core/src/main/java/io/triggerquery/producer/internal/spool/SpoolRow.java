package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the file.
 *
 * @param generation the generation of the newest publication that it covers
 * @param published the generation of the newest publication that waits for no transaction; 0 if there is none
 * @param since the time of its first publication
 * @param intents the number of transactions that announced it and whose end was not seen
 * @param parked the reason why it is parked, or null
 */
record SpoolRow(
        OutgoingTrigger trigger,
        long generation,
        long published,
        Instant since,
        int intents,
        @Nullable String parked) {

    /** Returns the key, which is unique among the rows. */
    OutgoingTrigger.Key key() {
        return trigger.key();
    }

    WaitingTrigger waiting() {
        return new WaitingTrigger(trigger, since, 0, parked);
    }

    SpoolRow withIntents(int remaining) {
        return new SpoolRow(trigger, generation, published, since, remaining, parked);
    }

    /** Returns the row with its announcements only. */
    SpoolRow onlyAnnounced() {
        return new SpoolRow(trigger, generation, 0, since, intents, parked);
    }

    SpoolRow parkedFor(@Nullable String reason) {
        return new SpoolRow(trigger, generation, published, since, intents, reason);
    }
}
