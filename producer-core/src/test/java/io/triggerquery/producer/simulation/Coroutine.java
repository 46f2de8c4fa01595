package io.triggerquery.producer.simulation;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * A call that waits for virtual time while others go on, on a real thread of its own. Only one of all threads runs at a
 * time, so a schedule stays deterministic.
 */
final class Coroutine {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "coroutine");
        thread.setDaemon(true);
        return thread;
    });
    private static final ThreadLocal<Coroutine> CURRENT = new ThreadLocal<>();

    private final Semaphore mayRun = new Semaphore(0);
    private final Semaphore mayGoOn = new Semaphore(0);
    private BooleanSupplier awaited = () -> true;
    private long untilNanos;
    private boolean waiting;
    private boolean killed;
    private boolean ended;
    private Throwable failure;

    Coroutine(Runnable call) {
        THREADS.execute(() -> {
            mayRun.acquireUninterruptibly();
            CURRENT.set(this);
            try {
                call.run();
            } catch (ProcessDied died) {
                // that was all of it
            } catch (RuntimeException | Error thrown) {
                failure = thrown;
            } finally {
                CURRENT.remove();
                ended = true;
                mayGoOn.release();
            }
        });
    }

    /** The one that is running, or null. */
    static Coroutine current() {
        return CURRENT.get();
    }

    /** Lets it go on until it waits or ends. */
    void resume() {
        mayRun.release();
        mayGoOn.acquireUninterruptibly();
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    boolean isDue(long now) {
        return waiting && (killed || now >= untilNanos || awaited.getAsBoolean());
    }

    /** When it goes on at the latest. */
    long untilNanos() {
        return waiting ? untilNanos : Long.MAX_VALUE;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Ends it. */
    void kill() {
        killed = true;
        if (waiting) {
            resume();
        }
    }

    /** To be called by the call itself: waits for a condition, until a time at most. */
    void await(BooleanSupplier condition, long until) {
        awaited = condition;
        untilNanos = until;
        waiting = true;
        mayGoOn.release();
        mayRun.acquireUninterruptibly();
        waiting = false;
        if (killed) {
            throw new ProcessDied();
        }
    }
}
