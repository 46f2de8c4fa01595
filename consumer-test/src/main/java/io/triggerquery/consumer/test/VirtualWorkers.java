package io.triggerquery.consumer.test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** Workers that wait until the test's thread runs them, one after the other. */
final class VirtualWorkers implements Executor {

    private final Deque<Runnable> started = new ArrayDeque<>();

    @Override
    public void execute(Runnable worker) {
        started.add(worker);
    }

    /** Runs the next worker until it finds nothing to do. Returns false if there is none. */
    boolean runNext() {
        Runnable worker = started.poll();
        if (worker == null) {
            return false;
        }
        worker.run();
        return true;
    }

    void forget() {
        started.clear();
    }
}
