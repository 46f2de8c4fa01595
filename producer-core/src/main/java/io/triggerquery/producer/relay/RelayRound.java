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

    /** Looks at the store, and returns how soon a drain wants to be gone on with; at most {@code atMost}. */
    Duration run(BooleanSupplier goOn, Duration atMost) {
        if (!trouble.isOver()) {
            return shorter(trouble.rest(), atMost);
        }
        try {
            boolean more = true;
            while (more) {
                more = passAll(goOn);
            }
            strays.look(store, lanes.stream().map(Lane::destination).collect(Collectors.toSet()));
            trouble.succeeded();
        } catch (RuntimeException | Error e) {
            // errors too: whatever gets out of here would end the schedule without a word
            trouble.failed(e);
            return shorter(trouble.rest(), atMost);
        }
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
        try {
            lanes.forEach(lane -> {
                lane.gate().hurry();
                store.retry(lane.destination(), null);
            });
        } catch (RuntimeException e) {
            trouble.failed(e);
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
