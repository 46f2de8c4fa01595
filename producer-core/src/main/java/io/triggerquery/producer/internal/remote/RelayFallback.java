package io.triggerquery.producer.internal.remote;

import io.triggerquery.producer.internal.relay.BatchDelivery;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.relay.RetrySchedule;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.SendOutcome.Blocked;
import io.triggerquery.producer.internal.sending.SendOutcome.Unreachable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers triggers to Kafka, and those that fail there to the relay service. A trigger that the service accepts counts
 * as acknowledged: it is in the service's database, and the service sends it.
 *
 * <p>During an outage of Kafka, one trigger is sent to Kafka after each pause of the schedule; in between, all triggers
 * go directly to the service. A trigger is unreachable only if neither accepts it.
 *
 * <p>A published trigger is in this process's memory until Kafka or the service has it, as {@code Receipt.InMemory}
 * states.
 *
 * <p>Threads: any, one at a time for each destination. Bounds: at most two sends to Kafka and one call of the service
 * for each batch. Failure: an outcome.
 */
public final class RelayFallback implements BatchDelivery {

    private static final Logger log = LoggerFactory.getLogger(RelayFallback.class);

    private record KafkaOutage(int failures, long dueNanos) {}

    private final BatchDelivery kafka;
    private final RelayServiceClient service;
    private final RetrySchedule schedule;
    private final LongSupplier nanoTime;
    private final Map<String, KafkaOutage> outages = new ConcurrentHashMap<>();

    /**
     * Creates a delivery.
     *
     * @param schedule the pauses before Kafka is tried again
     */
    public RelayFallback(
            BatchDelivery kafka, RelayServiceClient service, RetrySchedule schedule, LongSupplier nanoTime) {
        this.kafka = kafka;
        this.service = service;
        this.schedule = schedule;
        this.nanoTime = nanoTime;
    }

    @Override
    public Result deliver(String destination, List<Claimed> batch) {
        KafkaOutage outage = outages.get(destination);
        if (outage == null) {
            return withFallback(destination, kafka.deliver(destination, batch));
        }
        if (nanoTime.getAsLong() - outage.dueNanos() < 0) {
            return sendToService(new Result(List.of(), batch));
        }
        Result probe = kafka.deliver(destination, batch.subList(0, 1));
        List<Claimed> others = batch.subList(1, batch.size());
        if (anyAcknowledged(probe) && !others.isEmpty()) {
            recovered(destination);
            return concat(probe, withFallback(destination, kafka.deliver(destination, others)));
        }
        return withFallback(destination, concat(probe, new Result(List.of(), others)));
    }

    private Result withFallback(String destination, Result byKafka) {
        List<Sent> failed = failed(byKafka);
        if (failed.isEmpty()) {
            recovered(destination);
            return byKafka;
        }
        // if some partitions are available, all triggers are still sent to Kafka first
        if (!anyAcknowledged(byKafka)) {
            failed(destination, failed.get(0).outcome().reason());
        }
        return sendToService(byKafka);
    }

    private Result sendToService(Result byKafka) {
        List<Sent> failed = failed(byKafka);
        List<OutgoingTrigger> triggers =
                new ArrayList<>(failed.stream().map(Sent::trigger).toList());
        byKafka.untried().forEach(entry -> triggers.add(entry.trigger()));
        SendOutcome byService = service.accept(triggers);
        List<Sent> sent = new ArrayList<>(byKafka.sent());
        sent.removeAll(failed);
        failed.forEach(one -> sent.add(new Sent(one.trigger(), one.entries(), combine(one.outcome(), byService))));
        if (byService instanceof SendOutcome.Acknowledged) {
            byKafka.untried().forEach(entry -> sent.add(new Sent(entry.trigger(), List.of(entry), byService)));
            return new Result(sent, List.of());
        }
        if (!failed.isEmpty()) {
            return new Result(sent, byKafka.untried());
        }
        // Kafka was not tried, so the first trigger reports the outcome of the service
        Claimed first = byKafka.untried().get(0);
        sent.add(new Sent(
                first.trigger(), List.of(first), combine(new Unreachable("Kafka cannot be reached"), byService)));
        return new Result(sent, byKafka.untried().subList(1, byKafka.untried().size()));
    }

    /** Returns the outcome of both; it is blocked only if both are, since an operator must then act. */
    private static SendOutcome combine(SendOutcome kafka, SendOutcome service) {
        if (service instanceof SendOutcome.Acknowledged) {
            return service;
        }
        String reasons = kafka.reason() + "; " + service.reason();
        return kafka instanceof Blocked && service instanceof Blocked ? new Blocked(reasons) : new Unreachable(reasons);
    }

    private void failed(String destination, String cause) {
        KafkaOutage outage = outages.get(destination);
        int failures = outage == null ? 1 : outage.failures() + 1;
        long pause = schedule.after(failures).toNanos();
        outages.put(destination, new KafkaOutage(failures, nanoTime.getAsLong() + pause));
        if (outage == null) {
            log.warn(
                    "Triggers for {} are sent to the relay service until Kafka can be reached: {}", destination, cause);
        }
    }

    private void recovered(String destination) {
        if (outages.remove(destination) != null) {
            log.info("Triggers for {} are sent to Kafka again", destination);
        }
    }

    private static boolean anyAcknowledged(Result result) {
        return result.sent().stream().anyMatch(sent -> sent.outcome() instanceof SendOutcome.Acknowledged);
    }

    private static List<Sent> failed(Result result) {
        return result.sent().stream()
                .filter(sent -> sent.outcome() instanceof Unreachable || sent.outcome() instanceof Blocked)
                .toList();
    }

    private static Result concat(Result one, Result other) {
        List<Sent> sent = new ArrayList<>(one.sent());
        sent.addAll(other.sent());
        List<Claimed> untried = new ArrayList<>(one.untried());
        untried.addAll(other.untried());
        return new Result(sent, untried);
    }
}
