package io.triggerquery.console.internal.live;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends overviews to the consoles that are open. One overview is taken for all of them, and none while there is none.
 *
 * <p>Threads: any. Overviews are taken by one thread; each stream is written by one of its own, so that one that does
 * not read delays no other. Bounds: {@value #MAX_STREAMS} streams, of which each lasts a minute at most, and is ended
 * if it has not taken an overview for 10 s. Its last event is {@code renew}: the page opens another one, so that the
 * rights of the user are checked again. Failure: an overview that cannot be taken is sent as an event {@code failure}.
 */
public final class EventStreams {

    static final int MAX_STREAMS = 16;
    static final Duration EVERY = Duration.ofSeconds(2);
    static final Duration LONGEST = Duration.ofMinutes(1);
    static final Duration SLOWEST = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.console");

    private final Supplier<String> overviews;
    private final Clocks clocks;
    private final Executor writers;
    private final List<EventStream> streams = new CopyOnWriteArrayList<>();
    private @Nullable ScheduledFuture<?> ticks;
    private @Nullable Event last;
    private boolean closed;

    record Event(String name, String data, long at) {}

    /** The time, and what happens later. */
    public interface Clocks {

        /** Returns the time of a monotonic clock, in nanoseconds. */
        long nanoTime();

        /** Runs an action again and again, at once and then after each pause, until it is cancelled. */
        ScheduledFuture<?> every(Duration pause, Runnable action);
    }

    /** What is sent to one browser. */
    public interface Sink {

        /** Sends an event and waits until it is sent. */
        void send(String event, String data) throws IOException;

        /** Ends the stream. */
        void end();
    }

    /**
     * Creates an instance without streams.
     *
     * @param overviews takes an overview, as one line
     * @param writers runs what may wait for a browser, at most {@value #MAX_STREAMS} at a time
     */
    public EventStreams(Supplier<String> overviews, Clocks clocks, Executor writers) {
        this.overviews = overviews;
        this.clocks = clocks;
        this.writers = writers;
    }

    /**
     * Adds a stream.
     *
     * @return ends it when the browser has gone, or null if there are too many
     */
    public synchronized @Nullable Runnable add(Sink sink) {
        if (closed || streams.size() >= MAX_STREAMS) {
            return null;
        }
        var stream = new EventStream(sink, writers, clocks.nanoTime(), this::remove);
        streams.add(stream);
        Event newest = last;
        if (ticks == null) {
            ticks = clocks.every(EVERY, this::tick);
        } else if (newest != null) {
            stream.offer(newest);
        }
        return stream::gone;
    }

    /** Returns whether one more stream can be added. */
    public synchronized boolean hasRoom() {
        return !closed && streams.size() < MAX_STREAMS;
    }

    private synchronized void remove(EventStream stream) {
        streams.remove(stream);
        ScheduledFuture<?> running = ticks;
        if (streams.isEmpty() && running != null) {
            running.cancel(false);
            ticks = null;
            last = null;
        }
    }

    private void tick() {
        Event event = event();
        synchronized (this) {
            last = event;
        }
        streams.forEach(stream -> {
            if (event.at() - stream.since() >= LONGEST.toNanos()) {
                stream.offer(new Event("renew", "", event.at()));
                stream.end();
            } else {
                stream.offer(event);
            }
        });
    }

    private Event event() {
        try {
            return new Event("overview", overviews.get(), clocks.nanoTime());
        } catch (RuntimeException failure) {
            log.debug("No overview for the console", failure);
            return new Event("failure", failure.getClass().getName(), clocks.nanoTime());
        }
    }

    /** Accepts streams, as it does at first. */
    synchronized void open() {
        closed = false;
    }

    /** Ends all streams, and accepts no more. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        streams.forEach(EventStream::end);
    }

    /** Returns the number of streams. */
    int size() {
        return streams.size();
    }
}
