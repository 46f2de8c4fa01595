package io.triggerquery.bench.workload;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends id number n at start + n * interval, whether or not anybody keeps up. Late ones are sent as soon as it can.
 *
 * <p>Threads: one of its own.
 */
final class Pacer implements AutoCloseable {

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger sent = new AtomicInteger();
    private final Sender sender;
    private final int count;

    /**
     * Begins to send.
     *
     * @param count ids 1 to this are sent
     */
    Pacer(Sender sender, int count, long startNanos, long intervalNanos) {
        this.sender = sender;
        this.count = count;
        long first = startNanos + intervalNanos - WallClock.nanos();
        clock.scheduleAtFixedRate(this::next, first, intervalNanos, TimeUnit.NANOSECONDS);
    }

    private void next() {
        int number = sent.get() + 1;
        if (number <= count) {
            sender.send(number);
            sent.set(number);
        }
    }

    /** How many so far. */
    int sent() {
        return sent.get();
    }

    /** Sends no more, and returns how many there were when the broker has them. */
    int stop() {
        close();
        sender.flush();
        return sent.get();
    }

    @Override
    public void close() {
        clock.shutdown();
        try {
            if (!clock.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the broker takes no triggers");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
