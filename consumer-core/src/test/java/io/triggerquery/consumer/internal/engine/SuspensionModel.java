package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FailureKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The model of a listener's suspension. */
final class SuspensionModel {

    private static final long FORGOTTEN_AFTER = 60_000;
    private static final int MAX_SCALE = 256;

    private final SimulatedWorld world;
    private final Set<ItemModel> failed = new LinkedHashSet<>();
    private List<ItemModel> discounted = List.of();
    private int rounds;
    private int alone;
    private int without;
    private int scale = 1;
    private long endedAt = Long.MIN_VALUE / 2;
    private long since;
    private boolean on;
    private boolean away;
    private boolean rejected = true;
    private boolean untriedMayBeDeferred;
    private boolean ofDecoder;

    SuspensionModel(SimulatedWorld world) {
        this.world = world;
    }

    /** Returns whether the failures of a round count. */
    boolean counts(List<ItemModel> items, List<Outcome> outcomes) {
        if (outcomes.get(0) instanceof Outcome.Decoded) {
            if (on && ofDecoder) {
                succeeded();
            }
            return true;
        }
        for (Outcome outcome : outcomes) {
            if (!(outcome instanceof Outcome.Failure failure) || failure.kind() == FailureKind.PERMANENT) {
                succeeded();
                return true;
            }
        }
        var first = (Outcome.Failure) outcomes.get(0);
        rejected &= first.kind() == FailureKind.REJECTED;
        if (on) {
            return false;
        }
        if (scale > 1 && world.now - endedAt > FORGOTTEN_AFTER) {
            scale = 1;
            failed.clear();
            rounds = 0;
            alone = 0;
        }
        boolean database = first.kind() == FailureKind.UNAVAILABLE && first.answered();
        without = database ? without + 1 : 0;
        int before = failed.size();
        items.stream().filter(ItemModel::hasNeverFailed).forEach(failed::add);
        rounds += failed.size() > before ? 1 : 0;
        alone += items.size() == 1 && items.get(0).hasNeverFailed() ? 1 : 0;
        Suspension.Evidence needed = world.scenario.evidence();
        boolean enough = alone >= needed.ids() * scale
                || failed.size() >= needed.ids() * scale && rounds >= needed.rounds() * scale;
        if (without < needed.roundsWithoutDatabase() * scale && !enough) {
            return true;
        }
        on = true;
        since = world.now;
        ofDecoder = items.get(0).isUndecoded();
        away = first.kind() == FailureKind.UNAVAILABLE || ofDecoder;
        discounted = new ArrayList<>(failed);
        failed.clear();
        rounds = 0;
        alone = 0;
        world.saw(database ? SimulationEvent.SUSPENDED_WITHOUT_DATABASE : SimulationEvent.SUSPENDED);
        look();
        return false;
    }

    private void succeeded() {
        failed.clear();
        rounds = 0;
        alone = 0;
        without = 0;
        rejected = true;
        if (on) {
            on = false;
            scale = Math.min(MAX_SCALE, 2 * scale);
            endedAt = world.now;
            world.saw(SimulationEvent.RESUMED);
        }
    }

    List<ItemModel> takeDiscounted() {
        List<ItemModel> taken = discounted;
        discounted = List.of();
        return taken;
    }

    boolean isOn() {
        return on;
    }

    /** Returns whether reading pauses while nothing may be queried. */
    boolean pausesReading() {
        return !on || away;
    }

    /** Notes whether ids may be deferred without a query now; the engine may do so later. */
    void look() {
        untriedMayBeDeferred |= on && (rejected || !away && world.now - since >= FORGOTTEN_AFTER);
    }

    boolean defersUntried() {
        return untriedMayBeDeferred;
    }
}
