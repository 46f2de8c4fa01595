package io.triggerquery.producer.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * The virtual clock, which runs tasks when they are due. While a task waits, the tasks of other threads run; their own waits
 * end at once, so that they do not prolong the first.
 */
final class VirtualTime {

    /** More steps than any schedule has, unless it contains an endless loop. */
    private static final int MAX_TICKS = 400_000;

    private final SplittableRandom random;
    private final List<VirtualExecutor> threads = new ArrayList<>();
    private final List<Coroutine> coroutines = new ArrayList<>();
    private final List<Later> later = new ArrayList<>();
    private long now;
    private int running;
    private int ticks;
    private Violation violation;

    private record Later(long dueNanos, Runnable action) {}

    VirtualTime(SplittableRandom random) {
        this.random = random;
    }

    /** In nanoseconds. */
    long now() {
        return now;
    }

    /** Counts steps, to detect endless loops. Throws the violation again if there was one. */
    void tick() {
        if (violation != null) {
            throw violation;
        }
        if (++ticks > MAX_TICKS) {
            violated("endless loop");
        }
    }

    /** Records a violation and throws it. The schedule ends even if the code under test catches it. */
    void violated(Object... what) {
        if (violation == null) {
            StringBuilder message = new StringBuilder();
            for (Object one : what) {
                message.append(message.isEmpty() ? "" : " ").append(one);
            }
            violation = new Violation(message.toString());
        }
        throw violation;
    }

    /** Throws the violation, if there was one. */
    void check() {
        if (violation != null) {
            throw violation;
        }
    }

    VirtualExecutor newThread() {
        VirtualExecutor thread = new VirtualExecutor(this);
        threads.add(thread);
        return thread;
    }

    void end(List<VirtualExecutor> ended) {
        ended.forEach(VirtualExecutor::shutdownNow);
        threads.removeAll(ended);
    }

    /** Runs an action after a delay. */
    void later(long delayNanos, Runnable action) {
        later.add(new Later(now + delayNanos, action));
    }

    /** Starts a call that may wait. */
    Coroutine start(Runnable call) {
        Coroutine coroutine = new Coroutine(call);
        coroutines.add(coroutine);
        coroutine.resume();
        return coroutine;
    }

    /** Ends all waiting calls. */
    void close() {
        List.copyOf(coroutines).forEach(Coroutine::kill);
        coroutines.clear();
    }

    /** Waits until a condition holds, or the time is up. */
    void await(BooleanSupplier condition, long atMostNanos) {
        Coroutine current = Coroutine.current();
        if (current != null) {
            if (!condition.getAsBoolean()) {
                current.await(condition, now + atMostNanos);
            }
        } else {
            run(condition, now + atMostNanos);
        }
    }

    /** Advances the clock, and runs the tasks that become due. */
    void pass(long nanos) {
        run(() -> false, now + nanos);
    }

    /** Advances the clock for a waiting task, unless another one is already waiting. */
    void passForTask(long nanos) {
        if (running <= 1 && Coroutine.current() == null) {
            pass(nanos);
        }
    }

    private void run(BooleanSupplier condition, long until) {
        while (!condition.getAsBoolean()) {
            if (!runNext(until)) {
                now = Math.max(now, until);
                return;
            }
        }
    }

    /** Runs one task that is due, if there is one. */
    boolean runOne() {
        return runNext(now);
    }

    private boolean runNext(long until) {
        tick();
        Runnable next = next(until);
        if (next == null) {
            return false;
        }
        running++;
        try {
            next.run();
        } catch (ProcessDied died) {
            // the process of the task has ended
        } finally {
            running--;
        }
        check();
        return true;
    }

    private Runnable next(long until) {
        long due = until;
        Runnable next = null;
        int ties = 1;
        for (VirtualExecutor thread : threads) {
            long its = Math.max(thread.due(), now);
            if (its < due || its == due && (next == null || random.nextInt(++ties) == 0)) {
                due = its;
                next = thread::run;
            }
        }
        for (Later one : later) {
            if (one.dueNanos() <= due) {
                due = Math.max(one.dueNanos(), now);
                next = () -> {
                    later.remove(one);
                    one.action().run();
                };
            }
        }
        for (Coroutine one : coroutines) {
            if (one.isDue(now) || one.untilNanos() <= due) {
                due = one.isDue(now) ? now : Math.max(one.untilNanos(), now);
                next = one::resume;
            }
        }
        coroutines.removeIf(Coroutine::hasEnded);
        if (next != null) {
            now = Math.max(now, due);
        }
        return next;
    }
}
