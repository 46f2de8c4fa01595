package io.triggerquery.producer.internal.spool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the changes of all callers. Changes that arrive while the disk is busy become one transaction, so that many
 * callers share one fsync.
 *
 * <p>Threads: one of its own writes; {@link #submit} may be called from any. Bounds: {@value #MAX_WAITING} waiting
 * requests; beyond that, requests that must be durable are rejected.
 */
final class SpoolWriter {

    private static final Logger log = LoggerFactory.getLogger(SpoolWriter.class);
    private static final int MAX_WAITING = 100_000;
    private static final int MAX_BATCH = 4_096;

    /** The interval between attempts on a failed disk while nothing is published. */
    private static final Duration IDLE_INTERVAL = Duration.ofSeconds(1);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final SelfHealingFile file;
    private final BlockingQueue<SpoolRequest> requests = new LinkedBlockingQueue<>();
    private final Thread thread;
    private @Nullable SpoolRequest stopRequest;

    SpoolWriter(SelfHealingFile file) {
        this.file = file;
        this.thread = new Thread(this::run, "trigger-spool");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Applies these changes together; the future fails with a {@link SpoolException} if they are not applied. */
    CompletableFuture<Void> submit(List<SpoolChange> changes) {
        SpoolRequest request = new SpoolRequest(changes);
        synchronized (this) {
            if (stopRequest != null) {
                request.reject("the process is stopping");
            } else if (requests.size() >= MAX_WAITING && request.isDurable()) {
                request.reject("the disk is too slow: " + MAX_WAITING + " writes wait for it");
            } else {
                requests.add(request);
            }
        }
        return request.done();
    }

    /** Retries a failed write at once. */
    void retryNow() {
        file.retryNow();
        submit(List.of());
    }

    private void run() {
        boolean running = true;
        while (running) {
            List<SpoolRequest> batch = next();
            SpoolRequest stop = stopRequest();
            running = stop == null || !batch.contains(stop);
            try {
                file.write(batch);
            } catch (RuntimeException | Error e) {
                // every request must be completed, and the next batch may succeed
                log.error("The spool could not write a batch; its requests are rejected", e);
                batch.forEach(request -> request.reject("the spool's writer failed: " + e));
            }
        }
        file.close();
    }

    private List<SpoolRequest> next() {
        List<SpoolRequest> batch = new ArrayList<>();
        try {
            SpoolRequest first = requests.poll(IDLE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                requests.drainTo(batch, MAX_BATCH - 1);
            }
        } catch (InterruptedException e) {
            // only close() ends this thread
            log.debug("Interrupted", e);
        }
        return batch;
    }

    private synchronized @Nullable SpoolRequest stopRequest() {
        return stopRequest;
    }

    /**
     * Completes the submitted writes and ends the thread. Returns whether it has ended within 10 s; a disk that does
     * not respond prevents it.
     */
    boolean close() {
        synchronized (this) {
            if (stopRequest == null) {
                stopRequest = new SpoolRequest(List.of());
                requests.add(stopRequest);
            }
        }
        try {
            thread.join(STOP_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
