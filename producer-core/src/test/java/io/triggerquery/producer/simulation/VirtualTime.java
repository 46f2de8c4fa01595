package io.triggerquery.producer.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * The clock, and what happens when it goes on. A task that waits lets the tasks of other threads run meanwhile; these are
 * then answered at once, so that they do not prolong the wait.
 */
final class VirtualTime {

    /** No schedule does as much, unless something goes round in circles. */
    private static final int ENDLESS = 400_000;

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

    /** Counts what is done, to notice what does not end; and ends what goes on after a promise was broken. */
    void tick() {
        if (violation != null) {
            throw violation;
        }
        if (++ticks > ENDLESS) {
            violated("works without end");
        }
    }

    /** Ends the schedule, though the code under test may catch what is thrown here. */
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

    /** Throws what was wrong, if something was. */
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

    /** Has this done once the time has come. */
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

    /** Ends all calls that still wait. */
    void close() {
        List.copyOf(coroutines).forEach(Coroutine::kill);
        coroutines.clear();
    }

    /** Waits for a condition, for so long at most. */
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

    /** Lets time pass, and what is due in it happen. */
    void pass(long nanos) {
        run(() -> false, now + nanos);
    }

    /** Lets time pass for a task that waits, unless another one waits already. */
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

    /** Runs one thing that is due by now, if there is any. */
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
            // that was all of it
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
