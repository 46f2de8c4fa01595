package io.triggerquery.bench.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Runs workers when it is told to, on the thread that tells it: so the engine has one core in the literal sense. */
final class ByHand implements Executor {

    private final Queue<Runnable> waiting = new ArrayDeque<>();

    @Override
    public void execute(Runnable worker) {
        waiting.add(worker);
    }

    /** Lets each worker run until it finds nothing more to do. */
    void run() {
        for (Runnable worker = waiting.poll(); worker != null; worker = waiting.poll()) {
            worker.run();
        }
    }
}
