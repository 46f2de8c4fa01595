package io.triggerquery.consumer.internal.listener;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The worker threads of a listener. A worker has one from its round's beginning until the query is sent, and again
 * from the answer on, so of many workers few have one at a time, unless their projections wait for a database.
 *
 * <p>Platform threads are kept for a while when idle; virtual ones are made for each worker. Closing does not interrupt
 * what runs: the containers have drained before, and what is left is delivered again.
 *
 * @param executor runs workers
 * @param closing ends the threads
 */
record WorkerThreads(Executor executor, Runnable closing) {

    private static final long IDLE_SECONDS = 30;

    static WorkerThreads platform(String name, int threads) {
        var factory = new CustomizableThreadFactory(name);
        factory.setDaemon(true); // a projection that hangs must not keep the process alive
        var pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        pool.allowCoreThreadTimeOut(true);
        return new WorkerThreads(pool, pool::shutdown);
    }

    static WorkerThreads virtual(String name) {
        var executor = new SimpleAsyncTaskExecutor(name);
        executor.setVirtualThreads(true);
        return new WorkerThreads(executor, executor::close);
    }

    void close() {
        closing.run();
    }
}
