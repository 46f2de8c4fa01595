package io.triggerquery.bench.workload;

import io.triggerquery.bench.source.SourceControl;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Raises the version of every state of the source once a second, so that each query of an id finds a newer one. */
final class GrowingVersions implements AutoCloseable {

    private final SourceControl source;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private long version = 1;

    GrowingVersions(SourceControl source, boolean grow) {
        this.source = source;
        if (grow) {
            timer.scheduleAtFixedRate(() -> source.version(++version), 1, 1, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        source.version(1);
    }
}
