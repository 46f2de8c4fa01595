package io.triggerquery.relayservice.it;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.TriggerSender;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A sender that queries the business service at once, as a consumer behind Kafka would. */
final class Consumer implements TriggerSender {

    final AtomicInteger received = new AtomicInteger();
    private final Map<String, Boolean> projection = new ConcurrentHashMap<>();
    private final Business business;

    Consumer(Business business) {
        this.business = business;
    }

    @Override
    public CompletableFuture<SendOutcome> send(OutgoingTrigger trigger) {
        projection.put(trigger.id(), business.isBilled(trigger.id()));
        received.incrementAndGet();
        return CompletableFuture.completedFuture(new SendOutcome.Acknowledged());
    }

    boolean hasProjectedBilled(String id) {
        return projection.getOrDefault(id, false);
    }
}
