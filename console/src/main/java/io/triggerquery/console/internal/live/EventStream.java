package io.triggerquery.console.internal.live;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The stream to one browser. While an event is being sent, the next ones are left out: the browser then needs only the
 * newest.
 *
 * <p>Threads: any; an event is sent by a thread of the executor.
 */
final class EventStream {

    private final EventStreams.Sink sink;
    private final Executor writers;
    private final long since;
    private final Consumer<EventStream> removal;
    private State state = State.IDLE;
    private long sendingSince;

    private enum State {
        IDLE,
        SENDING,
        /** Ends as soon as the event that is being sent is sent, or cannot be. */
        ENDING,
        ENDED
    }

    EventStream(EventStreams.Sink sink, Executor writers, long since, Consumer<EventStream> removal) {
        this.sink = sink;
        this.writers = writers;
        this.since = since;
        this.removal = removal;
    }

    long since() {
        return since;
    }

    /** Sends an event, unless one is being sent. */
    void offer(EventStreams.Event event) {
        synchronized (this) {
            if (state == State.SENDING && event.at() - sendingSince >= EventStreams.SLOWEST.toNanos()) {
                state = State.ENDING;
            }
            if (state != State.IDLE) {
                return;
            }
            state = State.SENDING;
            sendingSince = event.at();
        }
        writers.execute(() -> send(event));
    }

    private void send(EventStreams.Event event) {
        boolean failed = false;
        try {
            sink.send(event.name(), event.data());
        } catch (IOException | RuntimeException browserGone) {
            failed = true;
        }
        boolean ends;
        synchronized (this) {
            ends = failed || state == State.ENDING;
            if (state != State.ENDED) {
                state = ends ? State.ENDED : State.IDLE;
            }
        }
        if (ends) {
            ended();
        }
    }

    /** Ends the stream, once what is being sent has been sent. */
    void end() {
        synchronized (this) {
            if (state != State.IDLE) {
                state = state == State.SENDING ? State.ENDING : state;
                return;
            }
            state = State.ENDED;
        }
        ended();
    }

    /** Records that the browser has gone. */
    void gone() {
        synchronized (this) {
            state = State.ENDED;
        }
        removal.accept(this);
    }

    private void ended() {
        removal.accept(this);
        try {
            sink.end();
        } catch (RuntimeException alreadyEnded) {
            // the server has noticed before
        }
    }
}
