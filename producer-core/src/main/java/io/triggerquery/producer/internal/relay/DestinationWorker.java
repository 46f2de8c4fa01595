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
 * <p>Threads: the relay's only; {@link #state()} by any. Bounds: one batch is claimed at a time, and a single entry while
 * the destination is in trouble. Failure: an entry leaves the store only after its trigger was acknowledged; whatever
 * breaks in between is sent again when its lease ends, at the price of a duplicate, which is harmless.
 */
final class DestinationWorker {

    private record UnderWay(int claimed, int limit, CompletableFuture<BatchDelivery.Result> result) {}

    private final String destination;
    private final TriggerStore store;
    private final Deliveries deliveries;
    private final RelaySettings settings;
    private final DestinationBackoff backoff;
    private final Outage outage;
    private @Nullable UnderWay underWay;
    private boolean askedMeanwhile;

    DestinationWorker(
            String destination,
            TriggerStore store,
            Deliveries deliveries,
            RelaySettings settings,
            DestinationBackoff backoff,
            RelayListener listener) {
        this.destination = destination;
        this.store = store;
        this.deliveries = deliveries;
        this.settings = settings;
        this.backoff = backoff;
        this.outage =
                new Outage(destination, backoff, listener, settings.schedule().longest(), backoff::nanos);
    }

    String destination() {
        return destination;
    }

    DestinationBackoff backoff() {
        return backoff;
    }

    DestinationState state() {
        DestinationState state = backoff.state();
        return state != DestinationState.AWAY && outage.isPartial() ? DestinationState.PARTLY_AWAY : state;
    }

    /** Whether a batch is being delivered, or waits to be settled. */
    boolean isBusy() {
        return underWay != null;
    }

    /**
     * Begins a batch if there is one, it is time and none is under way; settles it if it is done. Returns whether more may
     * be sent at once.
     */
    boolean pass() {
        if (underWay != null) {
            askedMeanwhile = true;
        } else if (!begin()) {
            return false;
        }
        return settle();
    }

    private boolean begin() {
        if (!backoff.isDue()) {
            return false;
        }
        int limit = backoff.limit(settings.batchSize());
        List<Claimed> batch = store.claim(destination, limit, settings.lease());
        if (batch.isEmpty()) {
            backoff.drained();
            outage.settled();
            return false;
        }
        backoff.attempted();
        askedMeanwhile = false;
        underWay = new UnderWay(batch.size(), limit, deliveries.begin(destination, batch));
        return true;
    }

    /** Settles a batch if one has been delivered. Returns whether more may be sent at once. */
    boolean settle() {
        UnderWay batch = underWay;
        if (batch == null || !batch.result().isDone()) {
            return false;
        }
        underWay = null;
        boolean full = batch.claimed() == batch.limit();
        settle(batch.result().join(), full);
        return (full || askedMeanwhile) && backoff.isDue();
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
            // what failed together comes back together
            backoff.gathered();
        }
        store.done(sent);
        if (backoff.wantsCount()) {
            backoff.drains(store.backlog().pending());
        }
    }

    /**
     * Puts off, so that the next attempt takes another entry: perhaps only this one's partition is away. In that case
     * its own attempts count, for the destination itself is well.
     */
    private void settleFailed(List<Sent> failed, boolean othersArrived) {
        Duration atLeast = Duration.ZERO;
        if (outage.isOnlyOf(failed, othersArrived)) {
            outage.partFailed(failed);
        } else {
            atLeast = backoff.failed();
            outage.failed(failed);
        }
        Map<Integer, List<Claimed>> byAttempts =
                entries(failed).stream().collect(Collectors.groupingBy(Claimed::attempts));
        for (Map.Entry<Integer, List<Claimed>> entries : byAttempts.entrySet()) {
            Duration own = settings.schedule().after(entries.getKey() + 1);
            store.putOff(entries.getValue(), own.compareTo(atLeast) >= 0 ? own : atLeast);
        }
    }

    private static List<Sent> refused(BatchDelivery.Result result, boolean forGood) {
        return result.having(SendOutcome.Refused.class).stream()
                .filter(sent -> sent.outcome() instanceof SendOutcome.Refused refused && refused.forGood() == forGood)
                .toList();
    }

    private static List<Claimed> entries(List<Sent> sent) {
        return sent.stream().flatMap(s -> s.entries().stream()).toList();
    }
}
