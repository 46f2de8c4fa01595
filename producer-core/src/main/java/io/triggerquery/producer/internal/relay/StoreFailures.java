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
 * Pauses a relay whose store fails, and reports it. The pause is short: a database that has recovered accepts business
 * transactions at once, and their triggers must not wait much longer.
 *
 * <p>Failures are counted by attempts: further failures until the pause has ended belong to the same attempt. The
 * failure ends when each kind of call that has failed succeeds, because a role without DELETE can still claim.
 *
 * <p>Threads: the relay's; {@link #retryNow()} and {@link #cause()} may be called by any. Bounds: a pause is 1 to 5 s,
 * plus jitter.
 */
final class StoreFailures {

    /** A relay's calls of its store. */
    enum Call {
        CLAIM,
        DONE,
        RELEASE,
        POSTPONE,
        PARK,
        BACKLOG,
        /** A whole pass, with whatever else may fail in it. */
        PASS
    }

    /** A single failure is not reported: most end by themselves. */
    private static final int FAILURES_TO_REPORT = 2;

    /** A failed call is repeated when the lease of its entry ends; if not, another instance has made it. */
    private static final Duration EXPIRY = RelaySettings.LEASE.multipliedBy(2);

    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final double JITTER = 0.1;

    private static final Logger log = LoggerFactory.getLogger(StoreFailures.class);

    private final String store;
    private final RelayBackoff backoff;
    private final RelayListener listener;
    private final Set<Call> failing = EnumSet.noneOf(Call.class);
    private boolean newAttempt = true;
    private long failingSinceNanos;
    private long lastFailureNanos;
    private volatile @Nullable String reportedCause;

    /**
     * Creates an instance without a failure.
     *
     * @param random returns the jitter, from 0 (included) to 1 (excluded)
     */
    StoreFailures(String store, RelayListener listener, LongSupplier nanoTime, DoubleSupplier random) {
        this.store = store;
        this.backoff = new RelayBackoff(new RetrySchedule(PAUSES, LONGEST_PAUSE, JITTER, random), 1, nanoTime);
        this.listener = listener;
    }

    /** Returns whether the store may be used now. */
    boolean isDue() {
        return backoff.isDue();
    }

    /** Returns the remaining time of the pause. */
    Duration remainingPause() {
        return backoff.untilDue();
    }

    /** Returns whether the last pass failed. */
    boolean hasFailed() {
        return failing.contains(Call.PASS);
    }

    /** Records the start of an attempt. */
    void attempted() {
        backoff.attempted();
        newAttempt = true;
    }

    /** Ends the pause. */
    void retryNow() {
        backoff.retryNow();
    }

    /** Returns the cause of the failure; empty if the store works or has failed only once. */
    Optional<String> cause() {
        return Optional.ofNullable(reportedCause);
    }

    void succeeded(Call call) {
        if (failing.isEmpty()) {
            return;
        }
        failing.remove(call);
        if (call == Call.CLAIM && backoff.nanoTime() - lastFailureNanos > EXPIRY.toNanos()) {
            failing.clear();
        }
        if (failing.isEmpty()) {
            recovered();
        }
    }

    private void recovered() {
        log.info("The triggers of the store {} are sent again", store);
        if (reportedCause != null) {
            reportedCause = null;
            listener.storeRecovered(store, Duration.ofNanos(backoff.nanoTime() - failingSinceNanos));
        }
        backoff.succeeded(0, false);
    }

    void failed(Call call, Throwable e) {
        failing.add(call);
        lastFailureNanos = backoff.nanoTime();
        if (newAttempt) {
            newAttempt = false;
            failed(e);
        }
    }

    private void failed(Throwable e) {
        Duration pause = backoff.failed();
        String cause = LogSafe.sentence(
                String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage()));
        if (backoff.failures() == 1) {
            failingSinceNanos = backoff.nanoTime();
            log.warn("The store {} fails, and nothing is sent; the next attempt is in {}", store, pause, e);
        } else {
            // the first failure logged the stack trace
            log.warn("The store {} still fails; the next attempt is in {}: {}", store, pause, cause);
        }
        if (backoff.failures() >= FAILURES_TO_REPORT) {
            boolean first = reportedCause == null;
            reportedCause = cause;
            if (first) {
                listener.storeFailed(store, cause);
            }
        }
    }
}
