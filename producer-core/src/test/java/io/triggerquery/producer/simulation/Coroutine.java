package io.triggerquery.producer.simulation;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * A call on its own real thread, which can wait for virtual time while other calls continue. Only one thread runs at a time,
 * so a schedule is deterministic.
 */
final class Coroutine {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "coroutine");
        thread.setDaemon(true);
        return thread;
    });
    private static final ThreadLocal<Coroutine> CURRENT = new ThreadLocal<>();

    private final Semaphore mayRun = new Semaphore(0);
    private final Semaphore returned = new Semaphore(0);
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
                // the process of this call has ended
            } catch (RuntimeException | Error thrown) {
                failure = thrown;
            } finally {
                CURRENT.remove();
                ended = true;
                returned.release();
            }
        });
    }

    /** The coroutine of the current thread, or null. */
    static Coroutine current() {
        return CURRENT.get();
    }

    /** Continues the call until it waits or ends. */
    void resume() {
        mayRun.release();
        returned.acquireUninterruptibly();
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

    /** The time at which the call continues at the latest. */
    long untilNanos() {
        return waiting ? untilNanos : Long.MAX_VALUE;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Ends the call. */
    void kill() {
        killed = true;
        if (waiting) {
            resume();
        }
    }

    /** Called by the call itself: waits until a condition holds, or a time is reached. */
    void await(BooleanSupplier condition, long until) {
        awaited = condition;
        untilNanos = until;
        waiting = true;
        returned.release();
        mayRun.acquireUninterruptibly();
        waiting = false;
        if (killed) {
            throw new ProcessDied();
        }
    }
}
