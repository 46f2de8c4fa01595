package io.triggerquery.producer.internal.relay;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * One pass over the store: all destinations are served until none has more that is due.
 *
 * <p>Threads: the relay's only. Bounds: it ends when the store is empty, nothing is due, or the relay stops. Failure:
 * never throws; when the store fails it is left alone for a short pause.
 */
final class RelayPass {

    private final TriggerStore store;
    private final List<DestinationWorker> workers;
    private final StoreFailures trouble;
    private final UnconfiguredDestinations strays;

    RelayPass(
            TriggerStore store,
            List<DestinationWorker> workers,
            StoreFailures trouble,
            UnconfiguredDestinations strays) {
        this.store = store;
        this.workers = workers;
        this.trouble = trouble;
        this.strays = strays;
    }

    /** What waits already was not published just now: it is not sent all at once. */
    void begin() {
        workers.forEach(worker -> worker.backoff().gathered());
    }

    /** Looks at the store, and returns how soon a drain wants to be gone on with; at most {@code atMost}. */
    Duration run(BooleanSupplier goOn, Duration atMost) {
        if (!trouble.isOver()) {
            return untilDue(atMost);
        }
        trouble.attempted();
        guarded(() -> {
            if (trouble.hasFailed()) {
                begin();
            }
            boolean more = true;
            while (more) {
                more = passAll(goOn);
            }
            strays.look(
                    store, workers.stream().map(DestinationWorker::destination).collect(Collectors.toSet()));
            trouble.worked(StoreFailures.Call.LOOK);
        });
        return untilDue(atMost);
    }

    /**
     * Settles what was delivered for a destination, and sends more if there is more and the store has no pause; returns as
     * {@link #run}.
     */
    Duration goOn(String destination, BooleanSupplier goOn, Duration atMost) {
        workers.stream()
                .filter(worker -> worker.destination().equals(destination))
                .forEach(worker -> guarded(() -> {
                    boolean more = worker.settle();
                    while (more && goOn.getAsBoolean() && trouble.isOver()) {
                        more = worker.pass();
                    }
                }));
        return untilDue(atMost);
    }

    /** Whether something is being delivered. */
    boolean isBusy() {
        return workers.stream().anyMatch(DestinationWorker::isBusy);
    }

    private Duration untilDue(Duration atMost) {
        if (!trouble.isOver()) {
            return shorter(trouble.rest(), atMost);
        }
        return workers.stream()
                .map(DestinationWorker::backoff)
                // one that is due has been passed and had nothing
                .filter(backoff -> !backoff.isDue())
                .map(DestinationBackoff::untilDue)
                .filter(due -> due.compareTo(atMost) < 0)
                .min(Duration::compareTo)
                .orElse(atMost);
    }

    /** Makes the next look try everything that was put off, and every destination that is in trouble. */
    void hurry() {
        guarded(() -> workers.forEach(worker -> {
            worker.backoff().hurry();
            store.retry(worker.destination(), null);
        }));
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            // errors too: whatever gets out of here would end the schedule without a word
            trouble.failed(StoreFailures.Call.LOOK, e);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private boolean passAll(BooleanSupplier goOn) {
        boolean more = false;
        for (DestinationWorker worker : workers) {
            more |= goOn.getAsBoolean() && worker.pass();
        }
        return more;
    }
}
