package io.triggerquery.producer.relay;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A thread for each work that is given at the same time; idle ones end after some seconds.
 *
 * <p>Threads: any. Failure: rejects what comes while it is not started.
 */
final class SenderThreads implements Executor {

    private static final long IDLE_SECONDS = 10;

    private final String name;
    private volatile @Nullable ExecutorService threads;

    SenderThreads(String name) {
        this.name = name;
    }

    void start() {
        threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons(name));
    }

    /** Makes threads that do not keep the process alive. */
    static ThreadFactory daemons(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void execute(Runnable work) {
        ExecutorService current = threads;
        if (current == null) {
            throw new RejectedExecutionException(name + " does not run");
        }
        current.execute(work);
    }

    /** Interrupts what still runs. */
    void stop() {
        ExecutorService current = threads;
        threads = null;
        if (current != null) {
            current.shutdownNow();
        }
    }
}
