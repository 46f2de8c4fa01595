package io.triggerquery.producer.simulation;

import java.util.EnumSet;
import java.util.Set;

/** Expectations of the model. {@link #NOW} contains those that the code fulfils; the comments explain how. */
enum Expectation {
    /** The broker may refuse batches because of a wrong clock: such triggers are retried instead of parked. */
    A_WRONG_CLOCK_PARKS_NOTHING,

    /** A backlog from before the start is sent at the bounded rate: a relay starts as after an outage. */
    A_RESTART_DRAINS_SLOWLY,

    /** When the database is back, the outbox sends within seconds: the store has its own, short pauses. */
    A_STORE_IS_TRIED_AGAIN_SOON,

    /** An operator's retry ends the pause of the store. */
    A_RETRY_REACHES_THE_STORE,

    /** A partition without a leader delays no other destination: each destination sends on its own thread. */
    A_PARTIAL_OUTAGE_DELAYS_ONLY_ITSELF,

    /** An unavailable destination delays no other: each destination sends on its own thread. */
    AN_OUTAGE_DELAYS_ONLY_ITSELF,

    /** A partition without a leader raises an alarm: failures are counted by partition. */
    A_PARTIAL_OUTAGE_RAISES_AN_ALARM,

    /** A stop of all strategies takes less than 20 s: they stop at the same time. */
    A_STOP_IS_SHORT,

    /**
     * Triggers in stores of earlier strategies are sent. Disabled: the application looks for unused stores at its start, but
     * the simulated process does not.
     */
    TRIGGERS_OF_UNUSED_STORES_ARE_SENT;

    /** The expectations that the code and the model fulfil. */
    static final Set<Expectation> NOW = EnumSet.complementOf(EnumSet.of(TRIGGERS_OF_UNUSED_STORES_ARE_SENT));

    boolean isOn() {
        return NOW.contains(this);
    }
}
