package io.triggerquery.producer.internal.remote;

import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.relay.BatchDelivery;
import io.triggerquery.producer.internal.relay.RetrySchedule;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.SendOutcome.Blocked;
import io.triggerquery.producer.internal.sending.SendOutcome.Unreachable;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers to Kafka, and what Kafka does not accept to the relay service. What the service has taken counts as
 * acknowledged: it is in its database, and the service sends it.
 *
 * <p>While Kafka is away, it is tried with one trigger after each pause of the schedule; between these everything goes
 * straight to the service. Only when neither takes a trigger is it unreachable.
 *
 * <p>What is published is in this process's memory until one of the two has it: {@code Receipt.InMemory} says no more.
 *
 * <p>Threads: any, for each destination one at a time. Bounds: a send to Kafka and a call of the service for each batch. Failure: an outcome.
 */
public final class RelayFallback implements BatchDelivery {

    private static final Logger log = LoggerFactory.getLogger(RelayFallback.class);

    private record Away(int failures, long dueNanos) {}

    private final BatchDelivery kafka;
    private final RelayServiceClient service;
    private final RetrySchedule schedule;
    private final LongSupplier nanoTime;
    private final Map<String, Away> away = new ConcurrentHashMap<>();

    /**
     * Makes a delivery.
     *
     * @param schedule when Kafka is tried again
     */
    public RelayFallback(BatchDelivery kafka, RelayServiceClient service, RetrySchedule schedule, LongSupplier nanoTime) {
        this.kafka = kafka;
        this.service = service;
        this.schedule = schedule;
        this.nanoTime = nanoTime;
    }

    @Override
    public Result deliver(String destination, List<Claimed> batch) {
        Away since = away.get(destination);
        if (since == null) {
            return orService(destination, kafka.deliver(destination, batch));
        }
        if (nanoTime.getAsLong() - since.dueNanos() < 0) {
            return handOver(new Result(List.of(), batch));
        }
        Result canary = kafka.deliver(destination, batch.subList(0, 1));
        List<Claimed> others = batch.subList(1, batch.size());
        if (arrived(canary) && !others.isEmpty()) {
            recovered(destination);
            return both(canary, orService(destination, kafka.deliver(destination, others)));
        }
        return orService(destination, both(canary, new Result(List.of(), others)));
    }

    private Result orService(String destination, Result byKafka) {
        List<Sent> failed = failed(byKafka);
        if (failed.isEmpty()) {
            recovered(destination);
            return byKafka;
        }
        // with only a part of the partitions away, the others go on
        if (!arrived(byKafka)) {
            failed(destination, failed.get(0).outcome());
        }
        return handOver(byKafka);
    }

    private Result handOver(Result byKafka) {
        List<Sent> failed = failed(byKafka);
        List<OutgoingTrigger> triggers =
                new ArrayList<>(failed.stream().map(Sent::trigger).toList());
        byKafka.untried().forEach(entry -> triggers.add(entry.trigger()));
        SendOutcome answer = service.accept(triggers);
        List<Sent> sent = new ArrayList<>(byKafka.sent());
        sent.removeAll(failed);
        failed.forEach(one -> sent.add(new Sent(one.trigger(), one.entries(), either(one.outcome(), answer))));
        if (answer instanceof SendOutcome.Acknowledged) {
            byKafka.untried().forEach(entry -> sent.add(new Sent(entry.trigger(), List.of(entry), answer)));
            return new Result(sent, List.of());
        }
        if (!failed.isEmpty()) {
            return new Result(sent, byKafka.untried());
        }
        // Kafka is not due yet: one of them tells how the service is
        Claimed first = byKafka.untried().get(0);
        sent.add(new Sent(first.trigger(), List.of(first), either(new Unreachable("Kafka is away"), answer)));
        return new Result(sent, byKafka.untried().subList(1, byKafka.untried().size()));
    }

    /** Blocked only if an operator has to act for both. */
    private static SendOutcome either(SendOutcome kafka, SendOutcome service) {
        if (service instanceof SendOutcome.Acknowledged) {
            return service;
        }
        String reasons = kafka + "; " + service;
        return kafka instanceof Blocked && service instanceof Blocked ? new Blocked(reasons) : new Unreachable(reasons);
    }

    private void failed(String destination, SendOutcome cause) {
        Away before = away.get(destination);
        int failures = before == null ? 1 : before.failures() + 1;
        long pause = schedule.after(failures).toNanos();
        away.put(destination, new Away(failures, nanoTime.getAsLong() + pause));
        if (before == null) {
            log.warn("Triggers for {} go to the relay service while Kafka is away: {}", destination, cause);
        }
    }

    private void recovered(String destination) {
        if (away.remove(destination) != null) {
            log.info("Triggers for {} go to Kafka again", destination);
        }
    }

    private static boolean arrived(Result result) {
        return result.sent().stream().anyMatch(sent -> sent.outcome() instanceof SendOutcome.Acknowledged);
    }

    private static List<Sent> failed(Result result) {
        return result.sent().stream()
                .filter(sent -> sent.outcome() instanceof Unreachable || sent.outcome() instanceof Blocked)
                .toList();
    }

    private static Result both(Result one, Result other) {
        List<Sent> sent = new ArrayList<>(one.sent());
        sent.addAll(other.sent());
        List<Claimed> untried = new ArrayList<>(one.untried());
        untried.addAll(other.untried());
        return new Result(sent, untried);
    }
}
