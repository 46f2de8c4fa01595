package io.triggerquery.producer.relay;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The time and the thread that a relay works with. */
interface RelayRuntime {

    /** Measures pauses. */
    long nanoTime();

    /** Runs one task at a time, and after its shutdown none that is not due yet. */
    ScheduledExecutorService newThread();

    /** Waits for another thread, for so long at most. */
    void await(CountDownLatch latch, Duration atMost) throws InterruptedException;

    /** The system's time, and a daemon thread of this name. */
    static RelayRuntime named(String name) {
        return new RelayRuntime() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public ScheduledExecutorService newThread() {
                ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
                    Thread relay = new Thread(task, name);
                    relay.setDaemon(true);
                    return relay;
                });
                // else a stop waits for the next poll
                thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
                return thread;
            }

            @Override
            public void await(CountDownLatch latch, Duration atMost) throws InterruptedException {
                latch.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
            }
        };
    }
}
