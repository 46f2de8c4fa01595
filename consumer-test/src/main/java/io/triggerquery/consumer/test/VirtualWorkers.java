package io.triggerquery.consumer.test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** Queues workers until the test's thread runs them, one after the other. */
final class VirtualWorkers implements Executor {

    private final Deque<Runnable> started = new ArrayDeque<>();

    @Override
    public void execute(Runnable worker) {
        started.add(worker);
    }

    /** Runs the next worker until it has no more work. Returns false if there is no worker. */
    boolean runNext() {
        Runnable worker = started.poll();
        if (worker == null) {
            return false;
        }
        worker.run();
        return true;
    }

    void clear() {
        started.clear();
    }
}
