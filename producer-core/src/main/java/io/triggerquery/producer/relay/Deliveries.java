package io.triggerquery.producer.relay;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Begins deliveries on other threads, so that a destination does not wait for another's.
 *
 * <p>Threads: the relay's begins; the executor's deliver. Bounds: one delivery for each destination at a time.
 */
final class Deliveries {

    private final Delivery delivery;
    private final Executor executor;
    private final Consumer<String> delivered;

    /**
     * Makes deliveries.
     *
     * @param delivered told the destination after each delivery, on the executor's thread
     */
    Deliveries(Delivery delivery, Executor executor, Consumer<String> delivered) {
        this.delivery = delivery;
        this.executor = executor;
        this.delivered = delivered;
    }

    CompletableFuture<Delivery.Result> begin(String destination, List<Claimed> batch) {
        CompletableFuture<Delivery.Result> result =
                CompletableFuture.supplyAsync(() -> delivery.deliver(destination, batch), executor);
        CompletableFuture<Delivery.Result> unused =
                result.whenComplete((done, failure) -> delivered.accept(destination));
        return result;
    }
}
