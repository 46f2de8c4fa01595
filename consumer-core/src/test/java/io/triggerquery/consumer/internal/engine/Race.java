package io.triggerquery.consumer.internal.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs threads against each other on many new subjects, one after the other and in step, as jcstress does. A referee
 * checks the result of each.
 *
 * @param <S> the subject
 */
final class Race<S> {

    private static final long LIMIT = 120;
    private static final int SPINS = 2_000;

    private final Supplier<S> subjects;
    private final List<Consumer<S>> runners;
    private final Consumer<S> referee;

    /**
     * Creates a race.
     *
     * @param runners the actions on a subject, each in its own thread
     * @param referee checks the result
     */
    Race(Supplier<S> subjects, List<Consumer<S>> runners, Consumer<S> referee) {
        this.subjects = subjects;
        this.runners = runners;
        this.referee = referee;
    }

    /**
     * Runs until the time is up.
     *
     * @param atOnce the number of subjects between two checks
     */
    void run(Duration time, int atOnce) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            long end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() < end) {
                List<S> several = new ArrayList<>();
                for (int i = 0; i < atOnce; i++) {
                    several.add(subjects.get());
                }
                run(threads, several);
                several.forEach(referee);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void run(ExecutorService threads, List<S> several) throws Exception {
        var arrived = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>();
        for (Consumer<S> runner : runners) {
            running.add(threads.submit(() -> {
                int together = 0;
                for (S subject : several) {
                    together += runners.size();
                    arrived.incrementAndGet();
                    meet(arrived, together);
                    runner.accept(subject);
                }
            }));
        }
        for (Future<?> each : running) {
            each.get(LIMIT, TimeUnit.SECONDS);
        }
    }

    /** Spins until the others arrive, so that all continue at the same moment. */
    private static void meet(AtomicInteger arrived, int all) {
        for (int i = 0; arrived.get() < all; i++) {
            if (i < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }
}
