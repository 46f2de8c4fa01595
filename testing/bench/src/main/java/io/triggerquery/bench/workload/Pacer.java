package io.triggerquery.bench.workload;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends id number n at start + n * interval, from a first to a last one, whether or not anybody keeps up. Late ones are
 * sent as soon as it can.
 *
 * <p>Threads: one of its own.
 */
final class Pacer implements AutoCloseable {

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger sent;
    private final Sender sender;
    private final int last;
    private final long startNanos;
    private final long intervalNanos;

    /**
     * Begins to send.
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
        // the timer may be a moment early, and must not skip a turn for that
        long due = WallClock.nanos() + intervalNanos / 2;
        for (int number = sent.get() + 1; number <= last && startNanos + number * intervalNanos <= due; number++) {
            sender.send(number);
            sent.set(number);
        }
    }

    /** The last number so far. */
    int sent() {
        return sent.get();
    }

    /** Sends no more, and returns the last number when the broker has them. */
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
