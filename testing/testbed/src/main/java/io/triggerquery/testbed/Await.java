package io.triggerquery.testbed;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** Waits for a condition, and reports it if it does not hold in time. */
public final class Await {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

    private Await() {}

    /** Returns when the condition holds. */
    public static void until(String what, BooleanSupplier condition) {
        until(what, POLL_INTERVAL, condition);
    }

    /** Returns when the condition holds, with a poll interval for conditions that are expensive to check. */
    public static void until(String what, Duration interval, BooleanSupplier condition) {
        Awaitility.await(what)
                .pollDelay(Duration.ZERO)
                .pollInterval(interval)
                .atMost(LIMIT)
                .until(condition::getAsBoolean);
    }
}
