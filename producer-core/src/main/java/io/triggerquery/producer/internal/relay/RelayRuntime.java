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

    /** What alarms and the log call the relay's store. */
    String name();

    /** Measures pauses. */
    long nanoTime();

    /** Runs one task at a time, and after its shutdown none that is not due yet. */
    ScheduledExecutorService newThread();

    /** Runs each task at once. */
    ExecutorService newSenders();

    /** Waits for another thread, for so long at most. Returns whether it has come. */
    boolean await(CountDownLatch latch, Duration atMost) throws InterruptedException;

    /** The system's time, and daemon threads of this name. */
    static RelayRuntime named(String name) {
        return new SystemRuntime(name);
    }

    /** The real one. Idle senders end after some seconds. */
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
            // else a stop waits for the next poll
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
        public boolean await(CountDownLatch latch, Duration atMost) throws InterruptedException {
            return latch.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
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
