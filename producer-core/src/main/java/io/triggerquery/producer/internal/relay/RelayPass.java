package io.triggerquery.producer.internal.relay;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * One pass over the store: sends the entries of all destinations until none is due.
 *
 * <p>Threads: the relay's only. Bounds: a pass ends when no entry is due or the relay stops. Failure: never throws;
 * when the store fails, the relay pauses for a short time.
 */
final class RelayPass {

    private final TriggerStore store;
    private final List<DestinationWorker> workers;
    private final StoreFailures storeFailures;
    private final UnconfiguredDestinations unconfigured;

    RelayPass(
            TriggerStore store,
            List<DestinationWorker> workers,
            StoreFailures storeFailures,
            UnconfiguredDestinations unconfigured) {
        this.store = store;
        this.workers = workers;
        this.storeFailures = storeFailures;
        this.unconfigured = unconfigured;
    }

    /** Begins a drain of each destination: entries that wait already are sent at a bounded rate. */
    void startDrain() {
        workers.forEach(worker -> worker.backoff().startDrain());
    }

    /** Runs a pass, and returns when the next one is due; at most {@code maxDelay}. */
    Duration run(BooleanSupplier mayContinue, Duration maxDelay) {
        if (!storeFailures.isDue()) {
            return untilDue(maxDelay);
        }
        storeFailures.attempted();
        guarded(() -> {
            if (storeFailures.hasFailed()) {
                startDrain();
            }
            boolean more = true;
            while (more) {
                more = passAll(mayContinue);
            }
            unconfigured.check(
                    store, workers.stream().map(DestinationWorker::destination).collect(Collectors.toSet()));
            storeFailures.succeeded(StoreFailures.Call.PASS);
        });
        return untilDue(maxDelay);
    }

    /**
     * Settles the delivered batch of a destination, and sends more if there is more and the store is not paused.
     * Returns the same as {@link #run}.
     */
    Duration continueWith(String destination, BooleanSupplier mayContinue, Duration maxDelay) {
        workers.stream()
                .filter(worker -> worker.destination().equals(destination))
                .forEach(worker -> guarded(() -> {
                    boolean more = worker.settle();
                    while (more && mayContinue.getAsBoolean() && storeFailures.isDue()) {
                        more = worker.pass();
                    }
                }));
        return untilDue(maxDelay);
    }

    /** Returns whether a batch is in flight. */
    boolean isBusy() {
        return workers.stream().anyMatch(DestinationWorker::isBusy);
    }

    private Duration untilDue(Duration maxDelay) {
        if (!storeFailures.isDue()) {
            return shorter(storeFailures.remainingPause(), maxDelay);
        }
        return workers.stream()
                .map(DestinationWorker::backoff)
                // one that is due had no entries in this pass
                .filter(backoff -> !backoff.isDue())
                .map(RelayBackoff::untilDue)
                .filter(due -> due.compareTo(maxDelay) < 0)
                .min(Duration::compareTo)
                .orElse(maxDelay);
    }

    /** Makes all entries that were postponed due now, and ends the pause of every destination. */
    void retryAll() {
        guarded(() -> workers.forEach(worker -> {
            worker.backoff().retryNow();
            store.retry(worker.destination(), null);
        }));
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            // errors too: a throwable that leaves this method would end the schedule silently
            storeFailures.failed(StoreFailures.Call.PASS, e);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private boolean passAll(BooleanSupplier mayContinue) {
        boolean more = false;
        for (DestinationWorker worker : workers) {
            more |= mayContinue.getAsBoolean() && worker.pass();
        }
        return more;
    }
}
