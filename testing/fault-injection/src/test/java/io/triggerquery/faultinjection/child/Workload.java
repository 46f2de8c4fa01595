package io.triggerquery.faultinjection.child;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Executes transactions on several threads at a steady rate while it is running. */
final class Workload {

    private static final int THREADS = 8;

    private final Runnable transaction;
    private final long periodNanos;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
    private final List<ScheduledFuture<?>> going = new ArrayList<>();

    Workload(Runnable transaction, int transactionsPerSecond) {
        this.transaction = transaction;
        this.periodNanos = TimeUnit.SECONDS.toNanos(1) * THREADS / transactionsPerSecond;
    }

    void go() {
        for (int i = 0; i < THREADS; i++) {
            going.add(threads.scheduleAtFixedRate(
                    transaction, i * periodNanos / THREADS, periodNanos, TimeUnit.NANOSECONDS));
        }
    }

    /** Returns when no transaction is running. */
    void pause() throws Exception {
        going.forEach(one -> one.cancel(false));
        going.clear();
        List<Future<?>> idle = new ArrayList<>();
        // as many as there are threads, each of which waits for all others
        CountDownLatch all = new CountDownLatch(THREADS);
        for (int i = 0; i < THREADS; i++) {
            idle.add(threads.submit(() -> {
                all.countDown();
                all.await();
                return null;
            }));
        }
        for (Future<?> one : idle) {
            one.get();
        }
    }
}
