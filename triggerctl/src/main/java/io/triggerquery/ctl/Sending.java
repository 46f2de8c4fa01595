package io.triggerquery.ctl;

import io.triggerquery.ctl.source.Entry;
import io.triggerquery.ctl.source.SendBatch;
import io.triggerquery.producer.internal.relay.BatchDelivery;
import io.triggerquery.producer.internal.relay.BatchDelivery.Result;
import io.triggerquery.producer.internal.relay.BatchDelivery.Sent;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.sending.LogSafe;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Sends the waiting triggers, one destination after the other, until none is left or sending fails repeatedly.
 *
 * <p>Threads: one, which waits for Kafka. Failure: triggers that cannot be sent remain in the source and are reported.
 */
final class Sending {

    /** More than one, because the first send of a producer may fail for lack of metadata. */
    private static final int MAX_FAILURES = 5;

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final BatchDelivery delivery;
    private final Pace pace;
    private final Consumer<String> problem;
    private final Set<OutgoingTrigger.Key> delivered = new HashSet<>();
    private int sent;
    private int refused;

    Sending(BatchDelivery delivery, Pace pace, Consumer<String> problem) {
        this.delivery = delivery;
        this.pace = pace;
        this.problem = problem;
    }

    void send(SendBatch outgoing, String destination) {
        int failures = 0;
        List<Claimed> batch = outgoing.next(destination, pace.batchSize());
        while (!batch.isEmpty()) {
            pace.await(batch.size());
            Optional<SendOutcome> failure = settle(outgoing, delivery.deliver(destination, batch));
            failures = failure.isPresent() ? failures + 1 : 0;
            if (failure.isPresent()) {
                if (failure.get() instanceof SendOutcome.Blocked || failures == MAX_FAILURES) {
                    problem.accept(destination + ": given up: " + failure.get().reason());
                    return;
                }
                pace.pause(PAUSE);
            }
            batch = outgoing.next(destination, pace.batchSize());
        }
    }

    /** Settles a batch. Returns why some of it was not sent; empty if all was. */
    private Optional<SendOutcome> settle(SendBatch outgoing, Result result) {
        List<Claimed> unsent = new ArrayList<>();
        Optional<SendOutcome> failure = Optional.empty();
        for (Sent one : result.sent()) {
            if (one.outcome() instanceof SendOutcome.Acknowledged) {
                outgoing.sent(one.entries());
                delivered.add(one.trigger().key());
                sent++;
            } else if (one.outcome() instanceof SendOutcome.Refused refusal) {
                outgoing.refused(one.entries(), refusal.reason());
                problem.accept(one.trigger().destination() + " "
                        + LogSafe.of(one.trigger().id()) + " is refused: " + refusal.reason());
                refused++;
            } else {
                unsent.addAll(one.entries());
                failure = Optional.of(one.outcome());
            }
        }
        unsent.addAll(result.untried());
        if (!unsent.isEmpty()) {
            outgoing.putBack(unsent);
        }
        return failure;
    }

    int sent() {
        return sent;
    }

    int refused() {
        return refused;
    }

    /** Returns how many of these were not sent, each id counted once. */
    long left(List<Entry> entries) {
        return entries.stream()
                .map(entry -> entry.trigger().key())
                .filter(key -> !delivered.contains(key))
                .distinct()
                .count();
    }
}
