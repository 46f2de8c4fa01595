package io.triggerquery.producer.simulation;

import java.util.EnumSet;
import java.util.Set;

/** What the model can expect; {@link #NOW} says what of it the code fulfils, and each comment what makes it hold. */
enum Expectation {
    /** The broker may refuse batches for a wrong clock: such a refusal is tried again instead of parked. */
    A_WRONG_CLOCK_PARKS_NOTHING,

    /** Backlog that is older than the process leaves at the bounded rate: a relay starts as after an outage. */
    A_RESTART_DRAINS_SLOWLY,

    /** When the database is back, the outbox sends within seconds: the store's pauses are its own and short. */
    A_STORE_IS_TRIED_AGAIN_SOON,

    /** An operator's retry ends the pause of the store. */
    A_RETRY_REACHES_THE_STORE,

    /** A partition without a leader delays no other destination: each one's sends have a thread of their own. */
    A_PARTIAL_OUTAGE_DELAYS_ONLY_ITSELF,

    /** A destination that is away delays no other one: each one's sends have a thread of their own. */
    AN_OUTAGE_DELAYS_ONLY_ITSELF,

    /** A partition without a leader is alarmed: failures are judged by part. */
    A_PARTIAL_OUTAGE_IS_ALARMED,

    /** A stop takes less than 20 s for all strategies together: they stop side by side. */
    A_STOP_IS_SHORT,

    /**
     * What a former strategy has left is sent. Off: the simulated process does not look at its start for stores that are
     * there and not used; the application does.
     */
    WHAT_IS_LEFT_BEHIND_IS_SENT;

    /** Those that the code and the model fulfil. */
    static final Set<Expectation> NOW = EnumSet.complementOf(EnumSet.of(WHAT_IS_LEFT_BEHIND_IS_SENT));

    boolean isOn() {
        return NOW.contains(this);
    }
}
