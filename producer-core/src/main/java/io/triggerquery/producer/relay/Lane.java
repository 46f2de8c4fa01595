package io.triggerquery.producer.relay;

import io.triggerquery.producer.relay.Delivery.Sent;
import io.triggerquery.producer.sending.SendOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The way of one destination's entries: claim, deliver, settle.
 *
 * <p>Threads: the relay's only. Bounds: one batch is claimed at a time, and a single entry while the destination is in
 * trouble. Failure: an entry leaves the store only after its trigger was acknowledged; whatever breaks in between is
 * mended by the end of its lease, at the price of a duplicate, which is harmless.
 */
final class Lane {

    private final String destination;
    private final TriggerStore store;
    private final Delivery delivery;
    private final RelaySettings settings;
    private final Gate gate;
    private final Outage outage;

    Lane(
            String destination,
            TriggerStore store,
            Delivery delivery,
            RelaySettings settings,
            Gate gate,
            RelayListener listener) {
        this.destination = destination;
        this.store = store;
        this.delivery = delivery;
        this.settings = settings;
        this.gate = gate;
        this.outage = new Outage(destination, gate, listener);
    }

    String destination() {
        return destination;
    }

    Gate gate() {
        return gate;
    }

    /** Sends a batch, if there is one and it is time. Returns whether more may be sent at once. */
    boolean pass() {
        if (!gate.isDue()) {
            return false;
        }
        int limit = gate.limit(settings.batchSize());
        List<Claimed> batch = store.claim(destination, limit, settings.lease());
        if (batch.isEmpty()) {
            gate.drained();
            return false;
        }
        settle(delivery.deliver(destination, batch), batch.size() == limit);
        return batch.size() == limit && gate.isDue();
    }

    private void settle(Delivery.Result result, boolean more) {
        List<Sent> acknowledged = result.having(SendOutcome.Acknowledged.class);
        List<Sent> refused = result.having(SendOutcome.Refused.class);
        List<Sent> unreachable = result.having(SendOutcome.Unreachable.class);
        List<Sent> blocked = result.having(SendOutcome.Blocked.class);
        if (!acknowledged.isEmpty()) {
            outage.sent(acknowledged.size());
            gate.succeeded(acknowledged.size(), more);
            store.done(entries(acknowledged));
        }
        if (!refused.isEmpty()) {
            settleRefused(refused);
        }
        if (!unreachable.isEmpty()) {
            settleUnreachable(unreachable, acknowledged.isEmpty());
        }
        if (!blocked.isEmpty()) {
            gate.blocked();
            outage.blocked(blocked);
            store.release(entries(blocked));
        }
        if (!result.untried().isEmpty()) {
            store.release(result.untried());
        }
    }

    private void settleRefused(List<Sent> refused) {
        outage.refused(refused);
        for (Sent sent : refused) {
            store.park(sent.entries(), reason(sent.outcome()));
        }
    }

    /**
     * Puts off, so that the next attempt takes another entry: perhaps only this one's partition is away. In that case
     * its own attempts count, for the destination itself is well.
     */
    private void settleUnreachable(List<Sent> unreachable, boolean nothingArrived) {
        Duration atLeast = nothingArrived ? gate.failed() : Duration.ZERO;
        outage.unreachable(unreachable);
        Map<Integer, List<Claimed>> byAttempts =
                entries(unreachable).stream().collect(Collectors.groupingBy(Claimed::attempts));
        byAttempts.forEach((attempts, entries) ->
                store.putOff(entries, longer(atLeast, settings.schedule().after(attempts + 1))));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static String reason(SendOutcome outcome) {
        return outcome instanceof SendOutcome.Refused refused ? refused.reason() : outcome.toString();
    }

    private static List<Claimed> entries(List<Sent> sent) {
        return sent.stream().flatMap(s -> s.entries().stream()).toList();
    }
}
