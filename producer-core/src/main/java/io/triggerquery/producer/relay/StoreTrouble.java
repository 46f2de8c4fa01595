package io.triggerquery.producer.relay;

import io.triggerquery.producer.sending.LogSafe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Pauses a relay whose store fails, and tells of it. The pause is short: a database that is back takes business
 * transactions at once, and their triggers must not wait much longer.
 *
 * <p>Threads: the relay's; {@link #hurry()} and {@link #cause()} may be called by any. Bounds: a pause is 1 to 5 s, plus
 * jitter.
 */
final class StoreTrouble {

    /** A single failure is a blip. */
    private static final int FAILURES_TO_TELL = 2;

    private static final RetrySchedule SCHEDULE = new RetrySchedule(
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)),
            Duration.ofSeconds(5),
            0.1,
            RetrySchedule::anyPart);

    private static final Logger log = LoggerFactory.getLogger(StoreTrouble.class);

    private final String store;
    private final Gate gate;
    private final RelayListener listener;
    private long failingSinceNanos;
    private volatile @Nullable String told;

    StoreTrouble(String store, RelayListener listener, LongSupplier nanoTime) {
        this.store = store;
        this.gate = new Gate(SCHEDULE, 1, nanoTime);
        this.listener = listener;
    }

    /** Whether the store may be used now. */
    boolean isOver() {
        return gate.isDue();
    }

    /** How long the pause still takes. */
    Duration rest() {
        return gate.untilDue();
    }

    /** Whether its last use failed. */
    boolean hasFailed() {
        return gate.failures() > 0;
    }

    /** The store is used now. */
    void attempted() {
        gate.attempted();
    }

    /** Ends the pause. */
    void hurry() {
        gate.hurry();
    }

    /** Why the store fails; empty if it does not, or has failed only once. */
    Optional<String> cause() {
        return Optional.ofNullable(told);
    }

    void succeeded() {
        if (gate.failures() > 0) {
            log.info("The triggers that wait in {} are worked again", store);
        }
        if (told != null) {
            told = null;
            listener.storeRecovered(store, Duration.ofNanos(gate.nanos() - failingSinceNanos));
        }
        gate.succeeded(0, false);
    }

    void failed(Throwable e) {
        Duration pause = gate.failed();
        String cause = LogSafe.sentence(
                String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage()));
        if (gate.failures() == 1) {
            failingSinceNanos = gate.nanos();
            log.warn("The triggers that wait in {} can't be worked, next try in {}", store, pause, e);
        } else {
            // the stack was printed when the trouble began
            log.warn("The triggers that wait in {} still can't be worked, next try in {}: {}", store, pause, cause);
        }
        if (gate.failures() >= FAILURES_TO_TELL) {
            boolean first = told == null;
            told = cause;
            if (first) {
                listener.storeFailed(store, cause);
            }
        }
    }
}
