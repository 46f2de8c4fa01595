package io.triggerquery.producer.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** An executor in virtual time with one thread for each concurrent task. */
final class VirtualSenders extends AbstractExecutorService {

    private final Supplier<VirtualExecutor> threads;
    private final List<VirtualExecutor> senders = new ArrayList<>();
    private boolean shutDown;

    VirtualSenders(Supplier<VirtualExecutor> threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        if (shutDown) {
            throw new RejectedExecutionException("shut down");
        }
        idle().execute(task);
    }

    private VirtualExecutor idle() {
        for (VirtualExecutor sender : senders) {
            if (sender.isIdle()) {
                return sender;
            }
        }
        VirtualExecutor sender = threads.get();
        senders.add(sender);
        return sender;
    }

    @Override
    public void shutdown() {
        shutDown = true;
        senders.forEach(VirtualExecutor::shutdown);
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutDown = true;
        senders.forEach(VirtualExecutor::shutdownNow);
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutDown;
    }

    @Override
    public boolean isTerminated() {
        return shutDown && senders.stream().allMatch(VirtualExecutor::isTerminated);
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isTerminated();
    }
}
