package io.triggerquery.producer.internal.relay;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs each task on its caller's thread. */
final class InlineExecutor extends AbstractExecutorService {

    private boolean shutDown;

    /** Deliveries that are over when their begin returns. */
    static Deliveries deliveries(BatchDelivery delivery) {
        Deliveries deliveries = new Deliveries(delivery, destination -> {});
        deliveries.start(new InlineExecutor());
        return deliveries;
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void shutdown() {
        shutDown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutDown = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutDown;
    }

    @Override
    public boolean isTerminated() {
        return shutDown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutDown;
    }
}
