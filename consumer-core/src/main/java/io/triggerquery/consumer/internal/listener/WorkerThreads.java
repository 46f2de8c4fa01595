package io.triggerquery.consumer.internal.listener;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The worker threads of a listener. A round uses a thread from its beginning until the query is sent, and again from
 * the answer on. So few of many rounds use a thread at a time, unless their projections wait for a database.
 *
 * <p>Idle platform threads end after {@value #IDLE_SECONDS} s; a virtual thread is created for each task. Closing does
 * not interrupt running rounds: the containers were drained before, and unsettled triggers are delivered again.
 *
 * @param executor runs the tasks
 * @param closing ends the threads
 */
record WorkerThreads(Executor executor, Runnable closing) {

    private static final long IDLE_SECONDS = 30;

    /** Returns the prefix of the names of a listener's worker threads. */
    static String name(String listener) {
        return listener + "-worker-";
    }

    /** Returns whether the calling thread is a worker of a listener. */
    static boolean isWorkerOf(String listener) {
        return Thread.currentThread().getName().startsWith(name(listener));
    }

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
