package io.triggerquery.producer.internal.relay;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs each task on the caller's thread, or passes it to a consumer. */
final class InlineExecutor extends AbstractExecutorService {

    private final Consumer<Runnable> run;
    private boolean shutDown;

    InlineExecutor() {
        this(Runnable::run);
    }

    InlineExecutor(Consumer<Runnable> run) {
        this.run = run;
    }

    /** Deliveries that are complete when the call that starts them returns. */
    static Deliveries deliveries(BatchDelivery delivery) {
        Deliveries deliveries = new Deliveries(delivery, destination -> {});
        deliveries.start(new InlineExecutor());
        return deliveries;
    }

    @Override
    public void execute(Runnable task) {
        run.accept(task);
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
