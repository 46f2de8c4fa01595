package io.triggerquery.producer.relay;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * One look at the store: passes over all lanes until none has more that is due.
 *
 * <p>Threads: the relay's only. Bounds: it ends when the store is empty, nothing is due, or the relay stops. Failure:
 * never throws; when the store fails it is left alone for a short pause.
 */
final class RelayRound {

    private final TriggerStore store;
    private final List<Lane> lanes;
    private final StoreTrouble trouble;
    private final Strays strays;

    RelayRound(TriggerStore store, List<Lane> lanes, StoreTrouble trouble, Strays strays) {
        this.store = store;
        this.lanes = lanes;
        this.trouble = trouble;
        this.strays = strays;
    }

    /** What waits already was not published just now: it is not sent all at once. */
    void begin() {
        lanes.forEach(lane -> lane.gate().gathered());
    }

    /** Looks at the store, and returns how soon a drain wants to be gone on with; at most {@code atMost}. */
    Duration run(BooleanSupplier goOn, Duration atMost) {
        if (!trouble.isOver()) {
            return shorter(trouble.rest(), atMost);
        }
        trouble.attempted();
        boolean worked = guarded(() -> {
            if (trouble.hasFailed()) {
                begin();
            }
            boolean more = true;
            while (more) {
                more = passAll(goOn);
            }
            strays.look(store, lanes.stream().map(Lane::destination).collect(Collectors.toSet()));
            trouble.succeeded();
        });
        return worked ? untilDue(atMost) : shorter(trouble.rest(), atMost);
    }

    /** Settles what was delivered for a destination and sends more if there is more; returns as {@link #run}. */
    Duration goOn(String destination, BooleanSupplier goOn, Duration atMost) {
        lanes.stream()
                .filter(lane -> lane.destination().equals(destination))
                .forEach(lane -> guarded(() -> {
                    boolean more = lane.settle();
                    while (more && goOn.getAsBoolean()) {
                        more = lane.pass();
                    }
                }));
        return untilDue(atMost);
    }

    /** Whether something is being delivered. */
    boolean isBusy() {
        return lanes.stream().anyMatch(Lane::isBusy);
    }

    private Duration untilDue(Duration atMost) {
        return lanes.stream()
                .map(Lane::gate)
                // one that is due has been passed and had nothing
                .filter(gate -> !gate.isDue())
                .map(Gate::untilDue)
                .filter(due -> due.compareTo(atMost) < 0)
                .min(Duration::compareTo)
                .orElse(atMost);
    }

    /** Makes the next look try everything that was put off, and every destination that is in trouble. */
    void hurry() {
        guarded(() -> lanes.forEach(lane -> {
            lane.gate().hurry();
            store.retry(lane.destination(), null);
        }));
    }

    /** Returns whether the store has not failed. */
    private boolean guarded(Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException | Error e) {
            // errors too: whatever gets out of here would end the schedule without a word
            trouble.failed(e);
            return false;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private boolean passAll(BooleanSupplier goOn) {
        boolean more = false;
        for (Lane lane : lanes) {
            more |= goOn.getAsBoolean() && lane.pass();
        }
        return more;
    }
}
