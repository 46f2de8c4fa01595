package io.triggerquery.producer.internal.relay;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs deliveries on other threads, so that destinations do not wait for each other.
 *
 * <p>Threads: the relay's thread begins a delivery, a sender's thread runs it. Bounds: one delivery for each
 * destination at a time. Failure: rejects deliveries while it is not started.
 */
final class Deliveries {

    private final BatchDelivery delivery;
    private final Consumer<String> delivered;
    private volatile @Nullable ExecutorService senders;

    /**
     * Creates deliveries that are not started.
     *
     * @param delivered receives the destination after each delivery, on a sender's thread
     */
    Deliveries(BatchDelivery delivery, Consumer<String> delivered) {
        this.delivery = delivery;
        this.delivered = delivered;
    }

    void start(ExecutorService executor) {
        senders = executor;
    }

    /** Interrupts deliveries that still run. */
    void stop() {
        ExecutorService current = senders;
        senders = null;
        if (current != null) {
            current.shutdownNow();
        }
    }

    CompletableFuture<BatchDelivery.Result> begin(String destination, List<Claimed> batch) {
        ExecutorService current = senders;
        if (current == null) {
            throw new RejectedExecutionException("The relay is not running, so nothing is sent");
        }
        CompletableFuture<BatchDelivery.Result> result =
                CompletableFuture.supplyAsync(() -> delivery.deliver(destination, batch), current);
        CompletableFuture<BatchDelivery.Result> unused =
                result.whenComplete((done, failure) -> delivered.accept(destination));
        return result;
    }
}
