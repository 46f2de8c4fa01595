package io.triggerquery.bench.workload;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends id number n at start + n * interval, whether or not the peer keeps up. Late triggers are sent as soon as
 * possible.
 *
 * <p>Threads: a separate one.
 */
final class Pacer implements AutoCloseable {

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger sent;
    private final Sender sender;
    private final int last;
    private final long startNanos;
    private final long intervalNanos;

    /**
     * Starts to send.
     *
     * @param first the first number
     * @param last the last number
     */
    Pacer(Sender sender, int first, int last, long startNanos, long intervalNanos) {
        this.sender = sender;
        this.sent = new AtomicInteger(first - 1);
        this.last = last;
        this.startNanos = startNanos;
        this.intervalNanos = intervalNanos;
        long delay = startNanos + first * intervalNanos - WallClock.nanos();
        clock.scheduleAtFixedRate(this::next, delay, intervalNanos, TimeUnit.NANOSECONDS);
    }

    private void next() {
        // includes triggers that are almost due, since the timer may be a moment early
        long due = WallClock.nanos() + intervalNanos / 2;
        for (int number = sent.get() + 1; number <= last && startNanos + number * intervalNanos <= due; number++) {
            sender.send(number);
            sent.set(number);
        }
    }

    /** Returns the last number that was sent. */
    int sent() {
        return sent.get();
    }

    /** Stops sending, and returns the last number when the broker has acknowledged it. */
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
                throw new IllegalStateException("the broker does not accept triggers");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
