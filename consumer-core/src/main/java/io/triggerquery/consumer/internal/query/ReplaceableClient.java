package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.internal.failure.MemoryWatch;
import io.triggerquery.consumer.internal.failure.OneLine;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP client of a source, which is replaced when its settings have changed or one of its threads has ended.
 * Otherwise it would continue to accept calls that are never sent, since it does not monitor its threads. They end with
 * an {@link Error}, such as {@link OutOfMemoryError}, and when a call-back leaves them interrupted.
 *
 * <p>Threads: any. Failure: if a replacement cannot be created, the next call tries again; after a change of the
 * settings, the previous client remains.
 */
final class ReplaceableClient {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private final String sourceName;
    private final Function<ThreadFactory, CloseableHttpAsyncClient> factory;
    private final MemoryWatch memory;
    private volatile Generation current;
    private volatile boolean closed;
    private final Set<Generation> retired = ConcurrentHashMap.newKeySet();

    /**
     * Starts the client.
     *
     * @param factory creates a client with threads from the given thread factory
     */
    ReplaceableClient(
            String sourceName, Function<ThreadFactory, CloseableHttpAsyncClient> factory, MemoryWatch memory) {
        this.sourceName = sourceName;
        this.factory = factory;
        this.memory = memory;
        this.current = new Generation();
    }

    /** Returns the client, replaced if one of its threads has ended. */
    CloseableHttpAsyncClient get() {
        Generation generation = current;
        return generation.ended && !closed ? replace(generation) : generation.client;
    }

    /**
     * Replaces the client, because its settings have changed. The calls under way end with the previous client.
     *
     * @param change what has changed, as the subject of a log line
     * @param later closes the previous client, once every call under way has ended
     */
    void renew(String change, Consumer<Runnable> later) {
        synchronized (this) {
            if (closed) {
                return;
            }
            Generation previous = current;
            try {
                current = new Generation();
            } catch (RuntimeException failure) {
                log.error(
                        "{} has changed, but no new HTTP client of the source {} can be created: {}. The previous one"
                                + " remains in use.",
                        change,
                        sourceName,
                        OneLine.of(failure));
                return;
            }
            retired.add(previous);
            later.accept(() -> {
                retired.remove(previous);
                previous.client.close(CloseMode.IMMEDIATE);
            });
        }
        log.info("{} has changed: new calls of the source {} use a new HTTP client.", change, sourceName);
    }

    void close() {
        synchronized (this) {
            closed = true;
        }
        current.client.close(CloseMode.IMMEDIATE);
        retired.forEach(generation -> generation.client.close(CloseMode.IMMEDIATE));
    }

    private CloseableHttpAsyncClient replace(Generation ended) {
        synchronized (this) {
            if (current != ended || closed) {
                return current.client;
            }
            current = new Generation();
        }
        ended.client.close(CloseMode.IMMEDIATE); // without the lock: it calls the waiting callers back
        log.warn("The HTTP client of the source {} was replaced.", sourceName);
        return current.client;
    }

    /** One client, from its start to the end of one of its threads. */
    private final class Generation {

        private final AtomicInteger threads = new AtomicInteger();
        private final CloseableHttpAsyncClient client;
        private volatile boolean ended;

        Generation() {
            client = factory.apply(this::thread);
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
                memory.record(cause);
            }
            if (current == this && !closed) {
                log.error(
                        "A thread of the HTTP client of the source {} has ended: {}. The next call replaces the"
                                + " client.",
                        sourceName,
                        cause == null ? "it was interrupted" : OneLine.of(cause));
            }
        }
    }
}
