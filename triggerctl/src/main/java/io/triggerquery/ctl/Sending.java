package io.triggerquery.ctl;

import io.triggerquery.ctl.source.Entry;
import io.triggerquery.ctl.source.SendBatch;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.relay.BatchDelivery;
import io.triggerquery.producer.internal.relay.BatchDelivery.Result;
import io.triggerquery.producer.internal.relay.BatchDelivery.Sent;
import io.triggerquery.producer.internal.sending.LogSafe;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Sends what waits, destination by destination, until nothing is left or there is no use in going on.
 *
 * <p>Threads: one, which waits for Kafka. Failure: what can't be sent stays in the source and is told.
 */
final class Sending {

    /** The first send of a producer may find no metadata yet. */
    private static final int TRIES = 5;

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final BatchDelivery delivery;
    private final Pace pace;
    private final Consumer<String> problem;
    private final Set<OutgoingTrigger.Key> covered = new HashSet<>();
    private int sent;
    private int refused;

    Sending(BatchDelivery delivery, Pace pace, Consumer<String> problem) {
        this.delivery = delivery;
        this.pace = pace;
        this.problem = problem;
    }

    void send(SendBatch outgoing, String destination) {
        int failures = 0;
        List<Claimed> batch = outgoing.next(destination, pace.atOnce());
        while (!batch.isEmpty()) {
            pace.await(batch.size());
            Optional<SendOutcome> trouble = settle(outgoing, delivery.deliver(destination, batch));
            failures = trouble.isPresent() ? failures + 1 : 0;
            if (trouble.isPresent()) {
                if (trouble.get() instanceof SendOutcome.Blocked || failures == TRIES) {
                    problem.accept(destination + ": given up: " + reason(trouble.get()));
                    return;
                }
                pace.hold(PAUSE);
            }
            batch = outgoing.next(destination, pace.atOnce());
        }
    }

    /** Answers for a batch, and says why some of it is left. */
    private Optional<SendOutcome> settle(SendBatch outgoing, Result result) {
        List<Claimed> left = new ArrayList<>();
        Optional<SendOutcome> trouble = Optional.empty();
        for (Sent one : result.sent()) {
            if (one.outcome() instanceof SendOutcome.Acknowledged) {
                outgoing.sent(one.entries());
                covered.add(one.trigger().key());
                sent++;
            } else if (one.outcome() instanceof SendOutcome.Refused refusal) {
                outgoing.refused(one.entries(), refusal.reason());
                problem.accept(one.trigger().destination() + " "
                        + LogSafe.of(one.trigger().id()) + " is refused: " + refusal.reason());
                refused++;
            } else {
                left.addAll(one.entries());
                trouble = Optional.of(one.outcome());
            }
        }
        left.addAll(result.untried());
        if (!left.isEmpty()) {
            outgoing.left(left);
        }
        return trouble;
    }

    private static String reason(SendOutcome trouble) {
        if (trouble instanceof SendOutcome.Blocked blocked) {
            return blocked.reason();
        }
        return trouble instanceof SendOutcome.Unreachable unreachable ? unreachable.reason() : trouble.toString();
    }

    int sent() {
        return sent;
    }

    int refused() {
        return refused;
    }

    /** How many of these were not sent, each id once. */
    long left(List<Entry> entries) {
        return entries.stream()
                .map(entry -> entry.trigger().key())
                .filter(key -> !covered.contains(key))
                .distinct()
                .count();
    }
}
