package io.triggerquery.consumer.internal.query;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Limits the memory for the answers of one source that are being read. An answer is read further when it has reserved
 * another {@value #STEP} bytes, and waits while none are free.
 *
 * <p>One answer at a time is exempt: it may be read to its end without waiting, from memory set aside for it. So one
 * answer always completes and frees its memory, even when all others are read in part.
 *
 * <p>Threads: any; readers are called without a lock. Bounds: the bytes passed to the constructor; in addition, each
 * answer may have read {@link HttpClients#BUFFER} bytes before its first reservation.
 */
final class AnswerBudget {

    /** The size of one reservation: small answers need none, large ones few. */
    static final int STEP = 64 * 1024;

    private final long sharedBytes;
    private final Map<Reader, Long> reserved = new HashMap<>();
    private final Deque<Reader> waiting = new ArrayDeque<>();
    private long used;
    private @Nullable Reader exempt;

    /** Reads an answer. */
    interface Reader {

        /** Called when {@link #STEP} bytes were reserved for this reader after it waited. */
        void onReserved();
    }

    /**
     * Creates a budget.
     *
     * @param bytes the memory for all answers
     * @param maxAnswerBytes the part of it that is set aside for the exempt answer
     */
    AnswerBudget(long bytes, int maxAnswerBytes) {
        this.sharedBytes = bytes - maxAnswerBytes;
    }

    /**
     * Reserves {@link #STEP} bytes. Returns whether they are reserved now; otherwise the reader is called when they
     * are.
     */
    synchronized boolean tryReserve(Reader reader) {
        if (waiting.isEmpty() && tryReserveShared(reader)) {
            return true;
        }
        if (tryExempt(reader)) {
            return true;
        }
        waiting.add(reader);
        return false;
    }

    /** Frees what the reader has reserved, because it has finished or was cancelled. */
    void release(Reader reader) {
        Deque<Reader> next = new ArrayDeque<>();
        synchronized (this) {
            Long bytes = reserved.remove(reader);
            used -= bytes == null ? 0 : bytes;
            if (exempt == reader) {
                exempt = null;
            }
            waiting.remove(reader);
            while (!waiting.isEmpty() && (tryReserveShared(waiting.peek()) || tryExempt(waiting.peek()))) {
                next.add(waiting.remove());
            }
        }
        next.forEach(Reader::onReserved);
    }

    /** Returns the bytes that are reserved from the shared part. */
    synchronized long used() {
        return used;
    }

    private boolean tryReserveShared(Reader reader) {
        if (used + STEP > sharedBytes) {
            return false;
        }
        used += STEP;
        reserved.merge(reader, (long) STEP, Long::sum);
        return true;
    }

    private boolean tryExempt(Reader reader) {
        if (exempt == null) {
            exempt = reader;
        }
        return exempt == reader;
    }
}
