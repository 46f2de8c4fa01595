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
 * Writes the changes of all callers: what has gathered while the disk was busy becomes one transaction, so that many
 * callers share one fsync.
 *
 * <p>Threads: one of its own writes; {@link #submit} may be called from any. Bounds: {@value #MOST_WAITING} requests
 * wait; beyond, those that must last are rejected.
 */
final class SpoolWriter {

    private static final Logger log = LoggerFactory.getLogger(SpoolWriter.class);
    private static final int MOST_WAITING = 100_000;
    private static final int MOST_AT_ONCE = 4_096;

    /** How often a broken disk is looked at while nothing is published. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final SelfHealingFile file;
    private final BlockingQueue<SpoolRequest> requests = new LinkedBlockingQueue<>();
    private final Thread thread;
    private @Nullable SpoolRequest last;

    SpoolWriter(SelfHealingFile file) {
        this.file = file;
        this.thread = new Thread(this::run, "trigger-spool");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Makes these changes together; the future fails with a {@link SpoolException} if they are not made. */
    CompletableFuture<Void> submit(List<SpoolChange> changes) {
        SpoolRequest request = new SpoolRequest(changes);
        synchronized (this) {
            if (last != null) {
                request.reject("the process is stopping");
            } else if (requests.size() >= MOST_WAITING && request.mustLast()) {
                request.reject("the disk is too slow: " + MOST_WAITING + " writes wait for it");
            } else {
                requests.add(request);
            }
        }
        return request.done();
    }

    /** Has a file that could not be written tried again at once. */
    void hurry() {
        file.hurry();
        submit(List.of());
    }

    private void run() {
        boolean goOn = true;
        while (goOn) {
            List<SpoolRequest> batch = next();
            SpoolRequest end = last();
            goOn = end == null || !batch.contains(end);
            try {
                file.write(batch);
            } catch (RuntimeException | Error e) {
                // nobody may wait in vain, and the next batch may fare better
                log.error("The spool's writer failed", e);
                batch.forEach(request -> request.reject("the spool's writer failed: " + e));
            }
        }
        file.close();
    }

    private List<SpoolRequest> next() {
        List<SpoolRequest> batch = new ArrayList<>();
        try {
            SpoolRequest first = requests.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                requests.drainTo(batch, MOST_AT_ONCE - 1);
            }
        } catch (InterruptedException e) {
            // only close() ends this thread
            log.debug("Interrupted", e);
        }
        return batch;
    }

    private synchronized @Nullable SpoolRequest last() {
        return last;
    }

    /** Writes what was submitted and ends. Returns whether it has ended, which a hanging disk may prevent. */
    boolean close() {
        synchronized (this) {
            if (last == null) {
                last = new SpoolRequest(List.of());
                requests.add(last);
            }
        }
        try {
            thread.join(STOP_PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
