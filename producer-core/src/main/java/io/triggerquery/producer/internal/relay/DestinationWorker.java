package io.triggerquery.producer.internal.relay;

import io.triggerquery.producer.internal.relay.BatchDelivery.Sent;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends the entries of one destination: claims, delivers, settles.
 *
 * <p>Threads: the relay's only; {@link #state()} may be called by any. Bounds: one batch is claimed at a time, and a
 * single entry while the destination cannot be reached. Failure: an entry is removed from the store only after its
 * trigger was acknowledged; after a failure in between it is sent again when its lease ends. The duplicate is harmless.
 */
final class DestinationWorker {

    private record InFlight(int claimed, int limit, CompletableFuture<BatchDelivery.Result> result) {}

    private final String destination;
    private final TriggerStore store;
    private final Deliveries deliveries;
    private final RelaySettings settings;
    private final RelayBackoff backoff;
    private final Outage outage;
    private @Nullable InFlight inFlight;
    private boolean requestedMeanwhile;

    DestinationWorker(
            String destination,
            TriggerStore store,
            Deliveries deliveries,
            RelaySettings settings,
            RelayBackoff backoff,
            RelayListener listener) {
        this.destination = destination;
        this.store = store;
        this.deliveries = deliveries;
        this.settings = settings;
        this.backoff = backoff;
        this.outage =
                new Outage(destination, backoff, listener, settings.schedule().longest(), backoff::nanoTime);
    }

    String destination() {
        return destination;
    }

    RelayBackoff backoff() {
        return backoff;
    }

    DestinationState state() {
        DestinationState state = backoff.state();
        return state != DestinationState.AWAY && outage.isPartial() ? DestinationState.PARTLY_AWAY : state;
    }

    /** Returns whether a batch is being delivered or waits to be settled. */
    boolean isBusy() {
        return inFlight != null;
    }

    /**
     * Begins a batch if entries are due and none is in flight, and settles it if it is delivered. Returns whether more
     * may be sent at once.
     */
    boolean pass() {
        if (inFlight != null) {
            requestedMeanwhile = true;
        } else if (!startBatch()) {
            return false;
        }
        return settle();
    }

    private boolean startBatch() {
        if (!backoff.isDue()) {
            return false;
        }
        int limit = backoff.limit(settings.batchSize());
        List<Claimed> batch = store.claim(destination, limit, settings.lease());
        if (batch.isEmpty()) {
            backoff.endDrain();
            outage.settled();
            return false;
        }
        backoff.attempted();
        requestedMeanwhile = false;
        inFlight = new InFlight(batch.size(), limit, deliveries.begin(destination, batch));
        return true;
    }

    /** Settles a batch if one has been delivered. Returns whether more may be sent at once. */
    boolean settle() {
        InFlight batch = inFlight;
        if (batch == null || !batch.result().isDone()) {
            return false;
        }
        inFlight = null;
        boolean full = batch.claimed() == batch.limit();
        settle(batch.result().join(), full);
        return (full || requestedMeanwhile) && backoff.isDue();
    }

    private void settle(BatchDelivery.Result result, boolean more) {
        List<Sent> acknowledged = result.having(SendOutcome.Acknowledged.class);
        List<Sent> refused = refused(result, true);
        List<Sent> failed = Stream.concat(
                        result.having(SendOutcome.Unreachable.class).stream(), refused(result, false).stream())
                .toList();
        List<Sent> blocked = result.having(SendOutcome.Blocked.class);
        if (!acknowledged.isEmpty()) {
            outage.arrived(acknowledged);
            settleAcknowledged(acknowledged, more);
        }
        if (!refused.isEmpty()) {
            outage.refused(refused);
            refused.forEach(sent -> store.park(sent.entries(), sent.outcome().reason()));
        }
        if (!failed.isEmpty()) {
            settleFailed(failed, !acknowledged.isEmpty());
        }
        if (!blocked.isEmpty()) {
            backoff.blocked();
            outage.blocked(blocked);
            store.release(entries(blocked));
        }
        if (!result.untried().isEmpty()) {
            store.release(result.untried());
        }
        outage.settled();
    }

    private void settleAcknowledged(List<Sent> acknowledged, boolean more) {
        List<Claimed> sent = entries(acknowledged);
        backoff.succeeded(acknowledged.size(), more);
        if (more && sent.stream().anyMatch(entry -> entry.attempts() > 0)) {
            // entries that failed together are due together
            backoff.startDrain();
        }
        store.done(sent);
        if (backoff.needsCount()) {
            backoff.setDrainCount(store.backlog().pending());
        }
    }

    /**
     * Puts failed entries off, so that the next attempt takes another one: perhaps only the partition of these is away.
     * If so, the pause depends on the entry's own attempts, since the destination itself works.
     */
    private void settleFailed(List<Sent> failed, boolean othersArrived) {
        Duration minPause = Duration.ZERO;
        if (outage.affectsOnly(failed, othersArrived)) {
            outage.partFailed(failed);
        } else {
            minPause = backoff.failed();
            outage.failed(failed);
        }
        Map<Integer, List<Claimed>> byAttempts =
                entries(failed).stream().collect(Collectors.groupingBy(Claimed::attempts));
        for (Map.Entry<Integer, List<Claimed>> entries : byAttempts.entrySet()) {
            Duration pause = settings.schedule().after(entries.getKey() + 1);
            store.postpone(entries.getValue(), pause.compareTo(minPause) >= 0 ? pause : minPause);
        }
    }

    private static List<Sent> refused(BatchDelivery.Result result, boolean permanent) {
        return result.having(SendOutcome.Refused.class).stream()
                .filter(sent ->
                        sent.outcome() instanceof SendOutcome.Refused refused && refused.permanent() == permanent)
                .toList();
    }

    private static List<Claimed> entries(List<Sent> sent) {
        return sent.stream().flatMap(s -> s.entries().stream()).toList();
    }
}
