package io.triggerquery.consumer.internal.query;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Limits the memory for the answers of one source that are being read. An answer reads on when it is given room for
 * another {@value #STEP} bytes, and waits if there is none.
 *
 * <p>One answer at a time may read to its end without waiting, from room that is kept for it. So some answer always
 * finishes and makes room, even if all of them are read by half.
 *
 * <p>Threads: any; readers are called without a lock. Bounds: the room that it is made with, but each answer may have
 * read {@link HttpClients#BUFFER} bytes before it first asks.
 */
final class AnswerBudget {

    /** Small answers ask never, large ones seldom. */
    static final int STEP = 64 * 1024;

    private final long forAll;
    private final Map<Reader, Long> given = new HashMap<>();
    private final Deque<Reader> waiting = new ArrayDeque<>();
    private long used;
    private @Nullable Reader favoured;

    /** What reads an answer. */
    interface Reader {

        /** Reads on: it has been given room for {@link #STEP} bytes. */
        void readOn();
    }

    /**
     * Creates the budget.
     *
     * @param bytes for all answers
     * @param maxAnswerBytes of these, for the one that need not wait
     */
    AnswerBudget(long bytes, int maxAnswerBytes) {
        this.forAll = bytes - maxAnswerBytes;
    }

    /** Gives room for {@link #STEP} bytes, at once if true, or later by calling the reader. */
    synchronized boolean ask(Reader reader) {
        if (waiting.isEmpty() && give(reader)) {
            return true;
        }
        if (favours(reader)) {
            return true;
        }
        waiting.add(reader);
        return false;
    }

    /** The reader has finished, or given up: what it was given is free again. */
    void release(Reader reader) {
        Deque<Reader> next = new ArrayDeque<>();
        synchronized (this) {
            Long its = given.remove(reader);
            used -= its == null ? 0 : its;
            if (favoured == reader) {
                favoured = null;
            }
            waiting.remove(reader);
            while (!waiting.isEmpty() && (give(waiting.peek()) || favours(waiting.peek()))) {
                next.add(waiting.remove());
            }
        }
        next.forEach(Reader::readOn);
    }

    /** The bytes that answers have room for. */
    synchronized long used() {
        return used;
    }

    private boolean give(Reader reader) {
        if (used + STEP > forAll) {
            return false;
        }
        used += STEP;
        given.merge(reader, (long) STEP, Long::sum);
        return true;
    }

    private boolean favours(Reader reader) {
        if (favoured == null) {
            favoured = reader;
        }
        return favoured == reader;
    }
}
