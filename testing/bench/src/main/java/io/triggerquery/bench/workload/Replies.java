package io.triggerquery.bench.workload;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/** Waits for the broker's replies; the client's own timeouts end the wait. */
final class Replies {

    private Replies() {}

    static <T> T of(KafkaFuture<T> reply) {
        try {
            return reply.get();
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }
}
