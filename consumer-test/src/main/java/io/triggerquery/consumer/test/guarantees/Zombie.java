package io.triggerquery.consumer.test.guarantees;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.test.faults.Faults;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * G3 NeverBackwards with two instances: one stands still just before one of its calls of the database, another applies a
 * newer state meanwhile, and the first one goes on. Each of its calls is tried once.
 */
record Zombie(Trial trial, Faults faults) {

    /** The other may have to wait for a lock that the first one holds. Then the first one goes on after this. */
    private static final Duration TAKEN_FOR_BLOCKED = Duration.ofMillis(200);

    private static final Duration HUNG = Duration.ofSeconds(30);
    private static final int MOST_CALLS = 50;

    List<Guarantee> guarantees() {
        return List.of(Guarantee.of(
                "G3 NeverBackwards: a zombie that wakes up in the middle overwrites nothing newer", this::wakesUp));
    }

    private void wakesUp() throws Exception {
        boolean reached = true;
        for (int call = 1; reached && call <= MOST_CALLS; call++) {
            reached = wakesUp(call);
        }
    }

    private boolean wakesUp(int call) throws Exception {
        String id = trial.idAt(1);
        Snapshot<?> older = trial.found(id, 2);
        Snapshot<?> newer = trial.found(id, 3);
        var other = new Other(trial, newer);
        // what the zombie throws is right: its round would be repeated, with a newer answer
        boolean reached = faults.interrupt(call, other::start, () -> trial.attempt(older));
        if (reached && other.end() != null) {
            trial.kit().project(newer); // as the other's round would be
        }
        if (reached) {
            trial.assertVersion(
                    id,
                    3,
                    "an instance stopped before its call " + call + " of the database, and wrote version 2 late");
        }
        return reached;
    }

    /** The instance that has taken over. */
    private static final class Other {

        private final Thread thread;
        private volatile @Nullable Exception thrown;

        private Other(Trial trial, Snapshot<?> newer) {
            thread = new Thread(() -> thrown = trial.attempt(newer), "the other instance");
            thread.setDaemon(true);
        }

        private void start() throws InterruptedException {
            thread.start();
            thread.join(TAKEN_FOR_BLOCKED.toMillis());
        }

        private @Nullable Exception end() throws InterruptedException {
            thread.join(HUNG.toMillis());
            if (thread.isAlive()) {
                throw new AssertionError("two instances that project one id at once hold each other up for good");
            }
            return thrown;
        }
    }
}
