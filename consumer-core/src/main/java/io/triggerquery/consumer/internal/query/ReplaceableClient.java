package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.internal.failure.MemoryWatch;
import io.triggerquery.consumer.internal.failure.OneLine;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP client of a source, which is replaced when one of its threads has ended. It would go on taking calls that
 * never leave, since it does not look after its threads: they end with an {@link Error}, such as {@link
 * OutOfMemoryError}, and when something that they call leaves them interrupted.
 *
 * <p>Threads: any. Failure: a replacement that cannot be made is tried again with the next call.
 */
final class ReplaceableClient {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private final String sourceName;
    private final Function<ThreadFactory, CloseableHttpAsyncClient> maker;
    private final MemoryWatch memory;
    private volatile Generation current;
    private volatile boolean closed;

    /**
     * Starts the client.
     *
     * @param maker makes one that has these threads
     */
    ReplaceableClient(String sourceName, Function<ThreadFactory, CloseableHttpAsyncClient> maker, MemoryWatch memory) {
        this.sourceName = sourceName;
        this.maker = maker;
        this.memory = memory;
        this.current = new Generation();
    }

    /** The client, which has all its threads. */
    CloseableHttpAsyncClient get() {
        Generation now = current;
        return now.ended && !closed ? replaced(now) : now.client;
    }

    void close() {
        synchronized (this) {
            closed = true;
        }
        current.client.close(CloseMode.IMMEDIATE);
    }

    private CloseableHttpAsyncClient replaced(Generation dead) {
        synchronized (this) {
            if (current != dead || closed) {
                return current.client;
            }
            current = new Generation();
        }
        dead.client.close(CloseMode.IMMEDIATE); // without the lock: those who wait for its answers are told
        log.warn("The HTTP client of the source {} has been replaced", sourceName);
        return current.client;
    }

    /** One client from its start to the end of one of its threads. */
    private final class Generation {

        private final AtomicInteger threads = new AtomicInteger();
        private final CloseableHttpAsyncClient client;
        private volatile boolean ended;

        Generation() {
            client = maker.apply(this::thread);
            client.start();
        }

        private Thread thread(Runnable task) {
            var thread = new Thread(() -> run(task), sourceName + "-http-" + threads.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }

        private void run(Runnable task) {
            Throwable cause = null;
            try {
                task.run();
            } catch (Throwable failure) {
                cause = failure;
            } finally {
                end(cause);
            }
        }

        private void end(@Nullable Throwable cause) {
            ended = true;
            if (cause != null) {
                memory.look(cause);
            }
            if (current == this && !closed) {
                log.error(
                        "A thread of the HTTP client of the source {} has ended: {}. The client is replaced with the next"
                                + " call",
                        sourceName,
                        cause == null ? "it was interrupted" : OneLine.of(cause));
            }
        }
    }
}
