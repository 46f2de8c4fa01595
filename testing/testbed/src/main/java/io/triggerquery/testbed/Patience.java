package io.triggerquery.testbed;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** Waits for what has to come, and says what did not. */
public final class Patience {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Duration LOOK = Duration.ofMillis(10);

    private Patience() {}

    /** Returns when it is so. */
    public static void until(String what, BooleanSupplier condition) {
        until(what, LOOK, condition);
    }

    /** The same, for what costs something to look at. */
    public static void until(String what, Duration look, BooleanSupplier condition) {
        Awaitility.await(what)
                .pollDelay(Duration.ZERO)
                .pollInterval(look)
                .atMost(LIMIT)
                .until(condition::getAsBoolean);
    }
}
