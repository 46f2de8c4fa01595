package io.triggerquery.bench.peer;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads that query all ids, from the first to the last, without Kafka. A failed query is repeated at once. */
final class Callers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Callers.class);

    /** A query of some ids. */
    @FunctionalInterface
    interface Call {

        /**
         * Queries the ids.
         *
         * @param first the number of the first id
         * @param last the number of the last id
         */
        void ask(int first, int last) throws Exception;
    }

    private final ExecutorService threads;
    private final AtomicInteger queried = new AtomicInteger();
    private final int ids;
    private final int idsInACall;
    private volatile boolean closed;

    Callers(int count, int ids, int idsInACall) {
        this.threads = Executors.newFixedThreadPool(count);
        this.ids = ids;
        this.idsInACall = idsInACall;
    }

    void start(int count, Call call) {
        for (int i = 0; i < count; i++) {
            threads.execute(() -> askForAll(call));
        }
    }

    private void askForAll(Call call) {
        for (int before = next(); before < ids && !closed; before = next()) {
            int last = Math.min(before + idsInACall, ids);
            while (!closed && !ask(call, before + 1, last)) {
                Thread.onSpinWait();
            }
        }
    }

    private int next() {
        return queried.getAndUpdate(before -> Math.min(before + idsInACall, ids));
    }

    private static boolean ask(Call call, int first, int last) {
        try {
            call.ask(first, last);
            return true;
        } catch (Exception failure) {
            log.debug("{} to {} failed", first, last, failure);
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                log.warn("Some calls have not ended within 10 s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
