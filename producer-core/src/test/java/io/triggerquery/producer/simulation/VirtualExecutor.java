package io.triggerquery.producer.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A thread of a process in virtual time. As a real executor, it drops tasks that are not due at a shutdown. */
final class VirtualExecutor extends AbstractExecutorService implements ScheduledExecutorService {

    private record Task(long dueNanos, long number, Runnable action, long periodNanos) implements Comparable<Task> {

        @Override
        public int compareTo(Task other) {
            return dueNanos != other.dueNanos
                    ? Long.compare(dueNanos, other.dueNanos)
                    : Long.compare(number, other.number);
        }
    }

    private final VirtualTime time;
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private final Set<Runnable> cancelled = Collections.newSetFromMap(new IdentityHashMap<>());
    private long numbers;
    private boolean busy;
    private boolean shutDown;

    VirtualExecutor(VirtualTime time) {
        this.time = time;
    }

    /** The time at which the next task is due, or {@link Long#MAX_VALUE}. */
    long due() {
        return busy || tasks.isEmpty() ? Long.MAX_VALUE : tasks.peek().dueNanos();
    }

    /** Runs the next task. */
    void run() {
        Task task = tasks.remove();
        busy = true;
        try {
            task.action().run();
        } catch (RejectedExecutionException ended) {
            // expected only after a shutdown; a real executor would hide it
            if (!shutDown) {
                throw ended;
            }
        } finally {
            busy = false;
        }
        if (task.periodNanos() > 0 && !shutDown && !cancelled.remove(task.action())) {
            add(task.action(), task.periodNanos(), task.periodNanos());
        }
    }

    private void add(Runnable action, long delayNanos, long periodNanos) {
        if (shutDown) {
            throw new RejectedExecutionException("shut down");
        }
        tasks.add(new Task(time.now() + delayNanos, numbers++, action, periodNanos));
    }

    @Override
    public void execute(Runnable action) {
        add(action, 0, 0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
        add(action, unit.toNanos(delay), 0);
        return new Scheduled(action);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable action, long initial, long delay, TimeUnit unit) {
        add(action, unit.toNanos(initial), unit.toNanos(delay));
        return new Scheduled(action);
    }

    /** Whether there are no tasks. */
    boolean isIdle() {
        return !busy && tasks.isEmpty();
    }

    /** A future that supports only cancellation. */
    private final class Scheduled extends CompletableFuture<Object> implements ScheduledFuture<Object> {

        private final Runnable action;

        private Scheduled(Runnable action) {
            this.action = action;
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            cancelled.add(action);
            tasks.removeIf(task -> task.action() == action);
            return super.cancel(mayInterrupt);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int compareTo(Delayed other) {
            throw new UnsupportedOperationException();
        }
    }

    @Override
    public void shutdown() {
        shutDown = true;
        tasks.removeIf(task -> task.periodNanos() > 0 || task.dueNanos() > time.now());
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutDown = true;
        tasks.clear();
        return new ArrayList<>();
    }

    @Override
    public boolean isShutdown() {
        return shutDown;
    }

    @Override
    public boolean isTerminated() {
        return shutDown && tasks.isEmpty() && !busy;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        time.await(this::isTerminated, unit.toNanos(timeout));
        return isTerminated();
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable action, long initial, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }
}
