package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.engine.Delivery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Collects the deliveries of a poll and passes them to the engine, several at once.
 *
 * <p>Between two polls it is empty, so a rebalance, which happens during a poll, finds none. If the engine fails to
 * accept some, for example because the memory is exhausted, neither these nor later ones of the poll are passed on: an
 * offset must not be committed that has others below it. They are polled again.
 *
 * <p>Threads: one consumer thread. Bounds: the number of deliveries that are passed on at once.
 */
final class PolledDeliveries {

    private final Acceptor engine;
    private final ReadPositions positions;
    private final int atOnce;
    private final List<Delivery> deliveries = new ArrayList<>();
    private final Map<TopicPartition, Long> notAccepted = new HashMap<>();
    private @Nullable Throwable failure;

    /** Accepts deliveries. */
    @FunctionalInterface
    interface Acceptor {

        /** Accepts the deliveries of a consumer. The list is reused afterwards. */
        void accept(Object consumer, List<Delivery> deliveries);
    }

    /**
     * Creates the collection of one consumer thread.
     *
     * @param atOnce the number of deliveries to pass on at once
     */
    PolledDeliveries(Acceptor engine, ReadPositions positions, int atOnce) {
        this.engine = engine;
        this.positions = positions;
        this.atOnce = atOnce;
    }

    /** Adds a delivery, and passes all on if they are enough. */
    void add(Consumer<?, ?> consumer, Delivery delivery) {
        deliveries.add(delivery);
        if (deliveries.size() >= atOnce) {
            passOn(consumer);
        }
    }

    /** Passes on all deliveries. Throws nothing. */
    void passOn(Consumer<?, ?> consumer) {
        if (failure == null && !deliveries.isEmpty()) {
            accept(consumer);
        }
        if (failure != null) {
            deliveries.forEach(delivery -> notAccepted.putIfAbsent(delivery.partition(), delivery.offset()));
        }
        deliveries.clear();
    }

    private void accept(Consumer<?, ?> consumer) {
        try {
            engine.accept(consumer, deliveries);
            for (Delivery delivery : deliveries) {
                positions.read(delivery.partition(), delivery.offset());
            }
        } catch (Throwable failed) { // also of an Error: the consumer's thread must go on
            failure = failed;
        }
    }

    /**
     * Passes on all deliveries, so that the next poll begins with none.
     *
     * @throws IllegalStateException if some were not accepted; the consumer reads them again
     */
    void beforePoll(Consumer<?, ?> consumer) {
        passOn(consumer);
        Throwable failed = failure;
        if (failed != null) {
            Map<TopicPartition, Long> readAgain = Map.copyOf(notAccepted);
            failure = null;
            notAccepted.clear();
            readAgain.forEach(consumer::seek);
            throw new IllegalStateException("these records could not be accepted: " + readAgain, failed);
        }
    }
}
