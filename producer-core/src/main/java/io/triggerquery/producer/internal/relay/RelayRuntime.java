package io.triggerquery.producer.internal.relay;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The clock and the threads of a relay. */
interface RelayRuntime {

    /** Returns the name of the relay's store in alarms and in the log. */
    String name();

    /** Returns the time by which pauses are measured, in nanoseconds. */
    long nanoTime();

    /** Creates an executor that runs one task at a time, and after its shutdown none that is not due yet. */
    ScheduledExecutorService newThread();

    /** Creates an executor that starts each task at once. */
    ExecutorService newSenders();

    /** Waits for the latch for at most this time. Returns whether it was counted down. */
    boolean await(CountDownLatch latch, Duration timeout) throws InterruptedException;

    /** Creates a runtime with the system's time and daemon threads of this name. */
    static RelayRuntime named(String name) {
        return new SystemRuntime(name);
    }

    /** Uses the system's time and threads. Idle senders end after 10 s. */
    record SystemRuntime(String name) implements RelayRuntime {

        private static final long IDLE_SECONDS = 10;

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public ScheduledExecutorService newThread() {
            ScheduledThreadPoolExecutor thread =
                    new ScheduledThreadPoolExecutor(1, daemons("trigger-" + name + "-relay"));
            // otherwise a stop would wait for the next poll
            thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
            return thread;
        }

        @Override
        public ExecutorService newSenders() {
            return new ThreadPoolExecutor(
                    0,
                    Integer.MAX_VALUE,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    daemons("trigger-" + name + "-send"));
        }

        @Override
        public boolean await(CountDownLatch latch, Duration timeout) throws InterruptedException {
            return latch.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        }

        private static ThreadFactory daemons(String name) {
            return work -> {
                Thread thread = new Thread(work, name);
                thread.setDaemon(true);
                return thread;
            };
        }
    }
}
