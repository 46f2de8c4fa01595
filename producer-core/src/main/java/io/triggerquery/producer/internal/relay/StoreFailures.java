package io.triggerquery.producer.internal.relay;

import io.triggerquery.producer.internal.sending.LogSafe;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Pauses a relay whose store fails, and reports it. The pause is short: a database that is back takes business
 * transactions at once, and their triggers must not wait much longer.
 *
 * <p>Failures are counted by tries: whatever else fails until the pause is over belongs to the same one. The trouble ends
 * when each call that has failed works, for a role without DELETE can still claim.
 *
 * <p>Threads: the relay's; {@link #hurry()} and {@link #cause()} may be called by any. Bounds: a pause is 1 to 5 s, plus
 * jitter.
 */
final class StoreFailures {

    /** What a relay does with its store. */
    enum Call {
        CLAIM,
        DONE,
        RELEASE,
        PUT_OFF,
        PARK,
        BACKLOG,
        /** All of a look, and what else may fail in it. */
        LOOK
    }

    /** A single failure is a blip. */
    private static final int FAILURES_TO_TELL = 2;

    /** What failed for an entry is done again when its lease ends; if it is not, another instance has done it. */
    private static final Duration FORGOTTEN_AFTER = RelaySettings.LEASE.multipliedBy(2);

    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final double JITTER = 0.1;

    private static final Logger log = LoggerFactory.getLogger(StoreFailures.class);

    private final String store;
    private final DestinationBackoff backoff;
    private final RelayListener listener;
    private final Set<Call> failing = EnumSet.noneOf(Call.class);
    private boolean trying = true;
    private long failingSinceNanos;
    private long lastFailureNanos;
    private volatile @Nullable String told;

    /**
     * Begins without trouble.
     *
     * @param random gives the jitter, from 0 (included) to 1 (excluded)
     */
    StoreFailures(String store, RelayListener listener, LongSupplier nanoTime, DoubleSupplier random) {
        this.store = store;
        this.backoff = new DestinationBackoff(new RetrySchedule(PAUSES, LONGEST_PAUSE, JITTER, random), 1, nanoTime);
        this.listener = listener;
    }

    /** Whether the store may be used now. */
    boolean isOver() {
        return backoff.isDue();
    }

    /** How long the pause still takes. */
    Duration rest() {
        return backoff.untilDue();
    }

    /** Whether the last look at it has failed. */
    boolean hasFailed() {
        return failing.contains(Call.LOOK);
    }

    /** The store is tried now. */
    void attempted() {
        backoff.attempted();
        trying = true;
    }

    /** Ends the pause. */
    void hurry() {
        backoff.hurry();
    }

    /** Why the store fails; empty if it does not, or has failed only once. */
    Optional<String> cause() {
        return Optional.ofNullable(told);
    }

    void worked(Call call) {
        if (failing.isEmpty()) {
            return;
        }
        failing.remove(call);
        if (call == Call.CLAIM && backoff.nanos() - lastFailureNanos > FORGOTTEN_AFTER.toNanos()) {
            failing.clear();
        }
        if (failing.isEmpty()) {
            recovered();
        }
    }

    private void recovered() {
        log.info("The triggers that wait in {} are worked again", store);
        if (told != null) {
            told = null;
            listener.storeRecovered(store, Duration.ofNanos(backoff.nanos() - failingSinceNanos));
        }
        backoff.succeeded(0, false);
    }

    void failed(Call call, Throwable e) {
        failing.add(call);
        lastFailureNanos = backoff.nanos();
        if (trying) {
            trying = false;
            failed(e);
        }
    }

    private void failed(Throwable e) {
        Duration pause = backoff.failed();
        String cause = LogSafe.sentence(
                String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage()));
        if (backoff.failures() == 1) {
            failingSinceNanos = backoff.nanos();
            log.warn("The triggers that wait in {} can't be worked, next try in {}", store, pause, e);
        } else {
            // the stack was printed when the trouble began
            log.warn("The triggers that wait in {} still can't be worked, next try in {}: {}", store, pause, cause);
        }
        if (backoff.failures() >= FAILURES_TO_TELL) {
            boolean first = told == null;
            told = cause;
            if (first) {
                listener.storeFailed(store, cause);
            }
        }
    }
}
