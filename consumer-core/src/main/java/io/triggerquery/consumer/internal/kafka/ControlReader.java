package io.triggerquery.consumer.internal.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the control topics of a cluster's groups, in one thread that runs while there is one.
 *
 * <p>Threads: any.
 */
final class ControlReader implements AutoCloseable {

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final ManagedTopics ownTopics;
    private @Nullable ControlLoop loop;

    ControlReader(Supplier<Consumer<byte[], byte[]>> consumers, ManagedTopics ownTopics) {
        this.consumers = consumers;
        this.ownTopics = ownTopics;
    }

    /** Begins to read a topic. Returns whether it was not read before. */
    synchronized boolean add(ControlTopic topic) {
        if (loop == null) {
            loop = new ControlLoop(consumers, ownTopics);
            var thread = new Thread(loop, "triggerquery-control");
            thread.setDaemon(true);
            thread.start();
        }
        return loop.add(topic);
    }

    /** Ends reading a topic, and waits for a limited time until this instance has left. Returns whether it was read. */
    synchronized boolean remove(ControlTopic topic, Duration limit) {
        ControlLoop running = loop;
        if (running == null || !running.remove(topic, limit)) {
            return false;
        }
        if (running.isEmpty()) {
            close();
        }
        return true;
    }

    @Override
    public synchronized void close() {
        ControlLoop running = loop;
        if (running != null) {
            loop = null;
            running.end(CLOSE_LIMIT);
        }
    }

    /** Waits for a latch or the limit; an interrupt ends the wait. */
    static void await(CountDownLatch latch, Duration limit) {
        try {
            latch.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
