package io.triggerquery.consumer.internal.monitor;

import java.util.Locale;

/** The result of a check. Only right and wrong ones count for a share. */
public enum Result {
    RIGHT,
    WRONG,

    /** The two sides differed in a way that proves nothing, such as changes at both looks. */
    UNDECIDED,

    /** It could not be made in time: the listener was held, or a side did not answer, or the rate was used up. */
    SKIPPED,

    /** The trigger was received after the age of the check. */
    LATE,

    /** The partition of the trigger moved to another instance. */
    MOVED;

    /** Returns the name in meters. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
