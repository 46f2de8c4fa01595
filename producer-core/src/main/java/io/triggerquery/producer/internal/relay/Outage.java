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
 * <p>Threads: the relay's only; {@link #isPartial()} by any.
 */
final class Outage {

    /** A single failure is a blip. */
    private static final int FAILURES_TO_TELL = 2;

    private static final Logger log = LoggerFactory.getLogger(Outage.class);

    private final String destination;
    private final DestinationBackoff backoff;
    private final RelayListener listener;
    private final LongSupplier nanoTime;
    private final FailingPartitions parts;
    private @Nullable String refusedSinceArrival;
    private volatile boolean partial;
    private boolean troubled;
    private boolean saidPartial;
    private boolean told;
    private long sinceNanos;

    /**
     * Begins without trouble.
     *
     * @param longestPause after which what failed is tried again
     */
    Outage(
            String destination,
            DestinationBackoff backoff,
            RelayListener listener,
            Duration longestPause,
            LongSupplier nanoTime) {
        this.destination = destination;
        this.backoff = backoff;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.parts = new FailingPartitions(longestPause.multipliedBy(3), nanoTime);
    }

    /** Whether a part fails while others do not. */
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

    /** Whether the destination takes other triggers than these, as far as is known. */
    boolean isOnlyOf(List<Sent> failed, boolean othersArrived) {
        if (othersArrived) {
            return true;
        }
        if (backoff.state() == DestinationState.AWAY) {
            return false;
        }
        List<Sent> unexpected =
                failed.stream().filter(sent -> !parts.isSuspected(part(sent))).toList();
        if (unexpected.size() == 1 && unexpected.get(0).outcome() instanceof SendOutcome.Refused) {
            // the broker has answered; a second one in a row is its trouble
            boolean first = refusedSinceArrival == null;
            refusedSinceArrival = id(unexpected.get(0));
            return first;
        }
        return unexpected.isEmpty();
    }

    /** The whole destination failed; to be called after the gate has heard of it. */
    void failed(List<Sent> failed) {
        failed.forEach(sent -> parts.suspect(part(sent)));
        String cause = failed.get(0).outcome().reason();
        begin();
        saidPartial = false;
        if (backoff.failures() == 1) {
            log.warn("Triggers for {} wait, one is tried from time to time: {}", destination, cause);
        }
        listener.failed(destination, Reason.UNREACHABLE, failed.size());
        if (backoff.failures() >= FAILURES_TO_TELL) {
            tell(cause);
        }
    }

    /** Only these failed. */
    void partFailed(List<Sent> failed) {
        String cause = failed.get(0).outcome().reason();
        begin();
        if (!saidPartial) {
            saidPartial = true;
            log.warn("Some triggers for {} wait, the others are sent: {}", destination, cause);
        }
        listener.failed(destination, Reason.UNREACHABLE, failed.size());
        int most = failed.stream()
                .map(Outage::part)
                .distinct()
                .mapToInt(parts::failed)
                .max()
                .orElse(0);
        if (most >= FAILURES_TO_TELL) {
            tell("only some of them, the others are sent: " + cause);
        }
    }

    void blocked(List<Sent> blocked) {
        String cause = blocked.get(0).outcome().reason();
        begin();
        log.error(
                "Triggers for {} wait until somebody acts, {} is among them: {}",
                destination,
                LogSafe.of(blocked.get(0).trigger().id()),
                cause);
        listener.failed(destination, Reason.BLOCKED, blocked.size());
        tell(cause);
    }

    void refused(List<Sent> refused) {
        for (Sent sent : refused) {
            log.error(
                    "Trigger {} for {} can't be sent and is parked until somebody acts: {}",
                    LogSafe.of(sent.trigger().id()),
                    destination,
                    sent.outcome().reason());
        }
        listener.failed(destination, Reason.REFUSED, refused.size());
        listener.parked(destination, refused.size(), refused.get(0).outcome().reason());
    }

    /** To be called after each batch, when all of it has been told. */
    void settled() {
        partial = parts.failing().isPresent();
        if (!troubled || backoff.state() == DestinationState.AWAY) {
            return;
        }
        Optional<String> waits = parts.any();
        if (waits.isPresent()) {
            if (!saidPartial) {
                saidPartial = true;
                log.warn("Triggers for {} are sent, but not yet those of {}", destination, LogSafe.of(waits.get()));
            }
            return;
        }
        saidPartial = false;
        troubled = false;
        log.info("Triggers for {} are sent again", destination);
        if (told) {
            told = false;
            listener.recovered(destination, Duration.ofNanos(nanoTime.getAsLong() - sinceNanos));
        }
    }

    private void begin() {
        if (!troubled) {
            troubled = true;
            sinceNanos = nanoTime.getAsLong();
        }
    }

    private void tell(String cause) {
        if (!told) {
            told = true;
            listener.outage(destination, cause);
        }
    }

    /** What failed, or took it: a partition; of one that was refused, it alone. */
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
