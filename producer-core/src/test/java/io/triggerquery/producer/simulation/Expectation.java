package io.triggerquery.producer.simulation;

import java.util.EnumSet;
import java.util.Set;

/**
 * What the model knows to expect beyond what {@link #NOW} says that the code does. To switch one on, add it to {@link
 * #NOW}; its comment says what makes it hold.
 */
enum Expectation {
    /** The broker may refuse batches for a wrong clock. On once such a refusal is tried again instead of parked. */
    A_WRONG_CLOCK_PARKS_NOTHING,

    /** Backlog that is older than the process leaves at the bounded rate. On once a restart remembers an outage. */
    A_RESTART_DRAINS_SLOWLY,

    /** When the database is back, the outbox sends within seconds. On once the store's pauses are its own and short. */
    A_STORE_IS_TRIED_AGAIN_SOON,

    /** An operator's retry ends the pause of the store. On once it does. */
    A_RETRY_REACHES_THE_STORE,

    /** A partition without a leader delays no other destination. On once destinations are worked side by side. */
    A_PARTIAL_OUTAGE_DELAYS_ONLY_ITSELF,

    /** A destination that is away delays no other one. On once destinations are worked side by side. */
    AN_OUTAGE_DELAYS_ONLY_ITSELF,

    /** A partition without a leader is alarmed. On once failures are judged by partition or by age. */
    A_PARTIAL_OUTAGE_IS_ALARMED,

    /** A stop takes less than 20 s for all strategies together. On once they stop side by side. */
    A_STOP_IS_SHORT,

    /**
     * A stop reports what is in the disk queue's memory only, because the disk took too long and refused it then. On once
     * the disk queue reports at its end what is not on disk, as the queue in memory does.
     */
    WHAT_A_DISK_REFUSED_LATE_IS_REPORTED,

    /** What a former strategy has left is sent. On once the start looks at every store that is there. */
    WHAT_IS_LEFT_BEHIND_IS_SENT;

    /** Those that the code fulfils. */
    static final Set<Expectation> NOW = EnumSet.complementOf(EnumSet.of(A_STOP_IS_SHORT, WHAT_A_DISK_REFUSED_LATE_IS_REPORTED, WHAT_IS_LEFT_BEHIND_IS_SENT));

    boolean isOn() {
        return NOW.contains(this);
    }
}
