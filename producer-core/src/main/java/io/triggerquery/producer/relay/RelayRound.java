package io.triggerquery.producer.relay;

import io.triggerquery.producer.sending.LogSafe;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at the store: passes over all lanes until none has more that is due.
 *
 * <p>Threads: the relay's only. Bounds: it ends when the store is empty, nothing is due, or the relay stops. Failure:
 * never throws; when the store fails it is left alone for a growing pause.
 */
final class RelayRound {

    private static final Logger log = LoggerFactory.getLogger(RelayRound.class);

    private final TriggerStore store;
    private final List<Lane> lanes;
    private final Gate storeGate;
    private final Gate strayCheck;

    RelayRound(TriggerStore store, List<Lane> lanes, Gate storeGate, Gate strayCheck) {
        this.store = store;
        this.lanes = lanes;
        this.storeGate = storeGate;
        this.strayCheck = strayCheck;
    }

    /** What waits already was not published just now: it is not sent all at once. */
    void begin() {
        lanes.forEach(lane -> lane.gate().gathered());
    }

    /** Looks at the store, and returns how soon a drain wants to be gone on with; at most {@code atMost}. */
    Duration run(BooleanSupplier goOn, Duration atMost) {
        if (!storeGate.isDue()) {
            return atMost;
        }
        guarded(() -> {
            if (storeGate.state() == GateState.AWAY) {
                begin();
            }
            boolean more = true;
            while (more) {
                more = passAll(goOn);
            }
            reportStrays();
            storeGate.succeeded(0, false);
        });
        return untilDue(atMost);
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

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            // errors too: whatever gets out of here would end the schedule without a word
            reportFailure(e);
        }
    }

    private void reportFailure(Throwable e) {
        if (storeGate.state() == GateState.OPEN) {
            log.warn("The triggers that wait can't be worked, next try in {}", storeGate.failed(), e);
        } else {
            // the stack was printed when the trouble began
            log.warn(
                    "The triggers that wait still can't be worked, next try in {}: {}",
                    storeGate.failed(),
                    e.toString());
        }
    }

    private boolean passAll(BooleanSupplier goOn) {
        boolean more = false;
        for (Lane lane : lanes) {
            more |= goOn.getAsBoolean() && lane.pass();
        }
        return more;
    }

    /** Entries of a destination that is no longer configured would otherwise wait unseen. */
    private void reportStrays() {
        if (strayCheck.isDue()) {
            // not again for some minutes
            strayCheck.blocked();
            Set<String> known = lanes.stream().map(Lane::destination).collect(Collectors.toSet());
            for (String stray : store.strays(known)) {
                log.error(
                        "Triggers for {} wait because it has no topic here: set"
                                + " triggerquery.producer.destinations.NAME.topic",
                        LogSafe.of(stray));
            }
        }
    }
}
