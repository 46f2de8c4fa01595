package io.triggerquery.consumer.test.guarantees;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.test.faults.Faults;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tests G3 NeverBackwards with two instances: one pauses directly before one of its calls of the database, another
 * applies a newer state, and the first one continues. This is repeated for each call.
 */
record Zombie(Trial trial, Faults faults) {

    /** The other instance may wait for a lock that the first one holds. After this time the first one continues. */
    private static final Duration LOCK_WAIT = Duration.ofMillis(200);

    private static final Duration DEADLOCK_TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_CALLS = 50;

    List<Guarantee> guarantees() {
        return List.of(Guarantee.of(
                "G3 NeverBackwards: an instance that continues late overwrites nothing newer", this::continuesLate));
    }

    private void continuesLate() throws Exception {
        boolean reached = true;
        for (int call = 1; reached && call <= MAX_CALLS; call++) {
            reached = continuesLate(call);
        }
    }

    private boolean continuesLate(int call) throws Exception {
        String id = trial.idAt(1);
        Snapshot<?> older = trial.found(id, 2);
        Snapshot<?> newer = trial.found(id, 3);
        var other = new Other(trial, newer);
        // an exception is correct: the round would be repeated, with a newer answer
        boolean reached = faults.interrupt(call, other::start, () -> trial.attempt(older));
        if (reached && other.end() != null) {
            trial.kit().project(newer); // as the round of the other instance would be repeated
        }
        if (reached) {
            trial.assertVersion(
                    id, 3, "an instance paused before its call " + call + " of the database, and wrote version 2 late");
        }
        return reached;
    }

    /** The instance that has taken over the partition. */
    private static final class Other {

        private final Thread thread;
        private volatile @Nullable Exception thrown;

        private Other(Trial trial, Snapshot<?> newer) {
            thread = new Thread(() -> thrown = trial.attempt(newer), "the other instance");
            thread.setDaemon(true);
        }

        private void start() throws InterruptedException {
            thread.start();
            thread.join(LOCK_WAIT.toMillis());
        }

        private @Nullable Exception end() throws InterruptedException {
            thread.join(DEADLOCK_TIMEOUT.toMillis());
            if (thread.isAlive()) {
                throw new AssertionError(
                        "Two instances that project one id concurrently block each other permanently.");
            }
            return thrown;
        }
    }
}
