package io.triggerquery.bench.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Runs workers on the calling thread, so that the engine uses exactly one core. */
final class CallerThreadExecutor implements Executor {

    private final Queue<Runnable> waiting = new ArrayDeque<>();

    @Override
    public void execute(Runnable worker) {
        waiting.add(worker);
    }

    /** Runs each worker until it finds no more work. */
    void run() {
        for (Runnable worker = waiting.poll(); worker != null; worker = waiting.poll()) {
            worker.run();
        }
    }
}
