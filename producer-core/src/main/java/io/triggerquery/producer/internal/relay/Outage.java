package io.triggerquery.producer.internal.relay;

import io.triggerquery.producer.internal.relay.BatchDelivery.Sent;
import io.triggerquery.producer.internal.relay.RelayListener.Reason;
import io.triggerquery.producer.internal.sending.LogSafe;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Determines whether a destination or only a part of it fails, and reports the beginning and the end.
 *
 * <p>Threads: the relay's only; {@link #isPartial()} may be called by any.
 */
final class Outage {

    /** A single failure is not reported: most end by themselves. */
    private static final int FAILURES_TO_REPORT = 2;

    private static final Logger log = LoggerFactory.getLogger(Outage.class);

    private final String destination;
    private final RelayBackoff backoff;
    private final RelayListener listener;
    private final LongSupplier nanoTime;
    private final FailingPartitions parts;
    private @Nullable String refusedSinceArrival;
    private volatile boolean partial;
    private boolean failing;
    private boolean partialLogged;
    private boolean reported;
    private long startNanos;

    /**
     * Creates an instance without a failure.
     *
     * @param longestPause the longest pause before a failed entry is tried again
     */
    Outage(
            String destination,
            RelayBackoff backoff,
            RelayListener listener,
            Duration longestPause,
            LongSupplier nanoTime) {
        this.destination = destination;
        this.backoff = backoff;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.parts = new FailingPartitions(longestPause.multipliedBy(3), nanoTime);
    }

    /** Returns whether a part fails while others do not. */
    boolean isPartial() {
        return partial;
    }

    void arrived(List<Sent> acknowledged) {
        refusedSinceArrival = null;
        for (Sent sent : acknowledged) {
            parts.arrived(part(sent));
            parts.arrived(id(sent));
        }
        listener.sent(destination, acknowledged.size());
    }

    /** Returns whether, as far as is known, the destination accepts other triggers than these. */
    boolean affectsOnly(List<Sent> failed, boolean othersArrived) {
        if (othersArrived) {
            return true;
        }
        if (backoff.state() == DestinationState.AWAY) {
            return false;
        }
        List<Sent> unexpected =
                failed.stream().filter(sent -> !parts.isSuspected(part(sent))).toList();
        if (unexpected.size() == 1 && unexpected.get(0).outcome() instanceof SendOutcome.Refused) {
            // the broker has answered; after a second refusal in a row the whole destination counts as failing
            boolean first = refusedSinceArrival == null;
            refusedSinceArrival = id(unexpected.get(0));
            return first;
        }
        return unexpected.isEmpty();
    }

    /** Records a failure of the whole destination; called after the back-off has recorded it. */
    void failed(List<Sent> failed) {
        failed.forEach(sent -> parts.suspect(part(sent)));
        String cause = failed.get(0).outcome().reason();
        started();
        partialLogged = false;
        if (backoff.failures() == 1) {
            log.warn("Triggers for {} cannot be sent and wait; one is tried after each pause: {}", destination, cause);
        }
        listener.failed(destination, Reason.UNREACHABLE, failed.size());
        if (backoff.failures() >= FAILURES_TO_REPORT) {
            report(cause);
        }
    }

    /** Records a failure of these triggers only. */
    void partFailed(List<Sent> failed) {
        String cause = failed.get(0).outcome().reason();
        started();
        if (!partialLogged) {
            partialLogged = true;
            log.warn("Some triggers for {} cannot be sent and wait; the others are sent: {}", destination, cause);
        }
        listener.failed(destination, Reason.UNREACHABLE, failed.size());
        int maxFailures = failed.stream()
                .map(Outage::part)
                .distinct()
                .mapToInt(parts::failed)
                .max()
                .orElse(0);
        if (maxFailures >= FAILURES_TO_REPORT) {
            report("only some of them; the others are sent: " + cause);
        }
    }

    void blocked(List<Sent> blocked) {
        String cause = blocked.get(0).outcome().reason();
        started();
        log.error(
                "Triggers for {} wait until an operator corrects the cause; one of them is {}: {}",
                destination,
                LogSafe.of(blocked.get(0).trigger().id()),
                cause);
        listener.failed(destination, Reason.BLOCKED, blocked.size());
        report(cause);
    }

    void refused(List<Sent> refused) {
        for (Sent sent : refused) {
            log.error(
                    "Trigger {} for {} was refused and is parked until an operator unparks it: {}",
                    LogSafe.of(sent.trigger().id()),
                    destination,
                    sent.outcome().reason());
        }
        listener.failed(destination, Reason.REFUSED, refused.size());
        listener.parked(destination, refused.size(), refused.get(0).outcome().reason());
    }

    /** Updates the state after each batch, when all of its outcomes are recorded. */
    void settled() {
        partial = parts.failing().isPresent();
        if (!failing || backoff.state() == DestinationState.AWAY) {
            return;
        }
        Optional<String> failingPart = parts.any();
        if (failingPart.isPresent()) {
            if (!partialLogged) {
                partialLogged = true;
                log.warn(
                        "Triggers for {} are sent again, except those of {}",
                        destination,
                        LogSafe.of(failingPart.get()));
            }
            return;
        }
        partialLogged = false;
        failing = false;
        log.info("Triggers for {} are sent again", destination);
        if (reported) {
            reported = false;
            listener.recovered(destination, Duration.ofNanos(nanoTime.getAsLong() - startNanos));
        }
    }

    private void started() {
        if (!failing) {
            failing = true;
            startNanos = nanoTime.getAsLong();
        }
    }

    private void report(String cause) {
        if (!reported) {
            reported = true;
            listener.outage(destination, cause);
        }
    }

    /** Returns the partition that failed or acknowledged; for a refused trigger, its own id. */
    private static String part(Sent sent) {
        if (sent.outcome() instanceof SendOutcome.Acknowledged acknowledged) {
            return acknowledged.part();
        }
        return sent.outcome() instanceof SendOutcome.Unreachable unreachable ? unreachable.part() : id(sent);
    }

    private static String id(Sent sent) {
        return "id " + sent.trigger().id();
    }
}
