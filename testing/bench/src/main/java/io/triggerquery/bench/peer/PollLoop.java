package io.triggerquery.bench.peer;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that polls until it is closed, as in the documentation of the clients. */
final class PollLoop implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PollLoop.class);
    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(1);

    private final Thread thread;
    private final Runnable wakeup;
    private volatile boolean closed;

    private PollLoop(Consumer<Duration> poll, Runnable wakeup, Runnable close) {
        this.thread = new Thread(() -> run(poll, close), "poll");
        this.wakeup = wakeup;
    }

    /**
     * Starts the thread.
     *
     * @param poll polls with this timeout, and processes the records
     * @param wakeup ends a poll from another thread, by {@link WakeupException}
     * @param close is called last, on the polling thread
     */
    static PollLoop start(Consumer<Duration> poll, Runnable wakeup, Runnable close) {
        var loop = new PollLoop(poll, wakeup, close);
        loop.thread.start();
        return loop;
    }

    private void run(Consumer<Duration> poll, Runnable close) {
        try {
            while (!closed) {
                poll.accept(POLL_TIMEOUT);
            }
        } catch (WakeupException closing) {
            log.debug("The poll was ended by a wakeup", closing);
        } catch (RuntimeException failure) {
            log.error("The poll loop failed", failure);
        } finally {
            close.run();
        }
    }

    @Override
    public void close() {
        closed = true;
        wakeup.run();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
