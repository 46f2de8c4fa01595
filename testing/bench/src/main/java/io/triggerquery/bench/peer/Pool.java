package io.triggerquery.bench.peer;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A thread pool for a listener that waits for the work to end. */
final class Pool implements AutoCloseable {

    /** Work that records the ids that failed, with their failures. */
    @FunctionalInterface
    interface Part {
        void run(Map<String, RuntimeException> failures);
    }

    private final ExecutorService threads;

    Pool(int size) {
        this.threads = Executors.newFixedThreadPool(size);
    }

    /** Runs all parts, and returns when all have ended. */
    Map<String, RuntimeException> run(Collection<Part> parts) {
        Map<String, RuntimeException> failures = new ConcurrentHashMap<>();
        List<Callable<Object>> tasks = parts.stream()
                .map(part -> Executors.callable(() -> part.run(failures)))
                .toList();
        try {
            threads.invokeAll(tasks);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the poll", interrupted);
        }
        return failures;
    }

    /** Returns the query of one id. */
    static Part single(HandWrittenQuery query, String id) {
        return failures -> {
            try {
                query.refresh(id);
            } catch (RuntimeException failure) {
                failures.put(id, failure);
            }
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
