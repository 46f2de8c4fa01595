package io.triggerquery.consumer.internal.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The ready items, in one queue for each lane.
 *
 * <p>Of the lanes that may run, the first is served, except that one which has been passed over {@value #PATIENCE} times
 * in a row goes before it: no lane starves another, and no share of the workers is set aside while nobody needs it.
 *
 * <p>Threads: guarded by the engine's lock. Bounds: those of the {@link WorkQueue}.
 */
final class Lanes {

    private static final int PATIENCE = 8;

    private final Traffic[] lanes;
    private final SlowStart slowStart;
    private int asking;
    private boolean held;
    private boolean newestFirst;

    private static final class Traffic {
        private final IntrusiveList<WorkItem> ready = new IntrusiveList<>();
        private final Lane lane;
        private final int share;
        private int running;
        private int passedOver;
        private boolean paced;
        private boolean resting;

        private Traffic(Lane lane, int concurrency) {
            this.lane = lane;
            this.share = lane.share(concurrency);
        }
    }

    /**
     * Creates the lanes.
     *
     * @param concurrency how many rounds may run at once
     * @param maxBatch how many ids a round may ask for
     */
    Lanes(int concurrency, int maxBatch) {
        slowStart = new SlowStart(concurrency, maxBatch);
        lanes = Arrays.stream(Lane.values())
                .map(lane -> new Traffic(lane, concurrency))
                .toArray(Traffic[]::new);
    }

    /** Adds an item: one that may only have been in a batch that failed goes before those that failed by themselves. */
    void add(Lane lane, WorkItem item) {
        if (lane == Lane.ISOLATED && item.hasNeverFailed()) {
            of(lane).ready.addFirst(item);
        } else {
            of(lane).ready.add(item);
        }
    }

    /** Adds an item that was taken and comes back as if it had not been. */
    void giveBack(Lane lane, WorkItem item) {
        if (newestFirst && lane == Lane.LIVE) {
            of(lane).ready.addFirst(item); // else it would be the newest, and be taken again and again
        } else {
            of(lane).ready.add(item);
        }
    }

    void remove(Lane lane, WorkItem item) {
        of(lane).ready.remove(item);
    }

    /** The lane to serve now, or null if none may run. */
    @Nullable
    Lane next() {
        Traffic first = null;
        Traffic impatient = null;
        for (Traffic each : lanes) {
            if (takeable(each, 1) > 0) {
                first = first == null ? each : first;
                impatient = impatient == null && each.passedOver++ >= PATIENCE ? each : impatient;
            }
        }
        Traffic next = impatient == null ? first : impatient;
        if (next == null) {
            return null;
        }
        next.passedOver = 0;
        return next.lane;
    }

    /** How many items are ready in a lane. */
    int ready(Lane lane) {
        return of(lane).ready.size();
    }

    /** The item of a lane to take next, or null if none is ready. */
    @Nullable
    WorkItem first(Lane lane) {
        IntrusiveList<WorkItem> ready = of(lane).ready;
        return newestFirst && lane == Lane.LIVE ? ready.last() : ready.first();
    }

    /** Whether the newest of the live items goes first, instead of the oldest. */
    void serveNewestFirst(boolean isWanted) {
        newestFirst = isWanted;
    }

    /** Whether a lane is to rest after each round that it begins with an item that has failed. */
    void pace(Lane lane, boolean isPaced) {
        of(lane).paced = isPaced;
        of(lane).resting &= isPaced;
    }

    /** Whether the next round of a lane is to be followed by a rest. */
    boolean isPaced(Lane lane) {
        Traffic traffic = of(lane);
        WorkItem first = traffic.ready.first();
        return traffic.paced && first != null && !first.hasNeverFailed();
    }

    /** Whether a lane begins no round for a while. */
    void rest(Lane lane, boolean isResting) {
        of(lane).resting = isResting;
    }

    /** How many ids a round that asks the source may take. */
    int idsAtOnce() {
        return slowStart.ids();
    }

    void begun(Lane lane) {
        of(lane).running++;
        asking += lane.asksTheSource() ? 1 : 0;
    }

    void ended(Lane lane) {
        of(lane).running--;
        asking -= lane.asksTheSource() ? 1 : 0;
    }

    /** How many rounds could begin now. */
    int takeable() {
        int sum = 0;
        for (Traffic each : lanes) {
            sum += takeable(each, each.lane.together(slowStart.ids()));
        }
        return sum;
    }

    private int takeable(Traffic traffic, int batch) {
        if (traffic.ready.isEmpty() || traffic.resting) {
            return 0;
        }
        int rounds = Math.min((traffic.ready.size() + batch - 1) / batch, traffic.share - traffic.running);
        rounds = isPaced(traffic.lane) ? Math.min(1, rounds) : rounds;
        if (!traffic.lane.asksTheSource()) {
            return rounds;
        }
        return held ? 0 : Math.max(0, Math.min(rounds, slowStart.rounds() - asking));
    }

    /** Nothing is asked until {@link #resume()}, and then little at first. */
    void hold() {
        held = true;
        slowStart.restart();
    }

    void resume() {
        held = false;
    }

    boolean held() {
        return held;
    }

    /** A round with so many ids has succeeded. */
    void succeeded(int ids) {
        slowStart.succeeded(ids);
    }

    /** A round with so many ids has failed. One with ids that are suspected anyway says nothing of the others' size. */
    void failed(Lane lane, int ids) {
        if (lane != Lane.ISOLATED) {
            slowStart.failed(ids);
        }
    }

    int ready() {
        return Arrays.stream(lanes).mapToInt(traffic -> traffic.ready.size()).sum();
    }

    int running() {
        return Arrays.stream(lanes).mapToInt(traffic -> traffic.running).sum();
    }

    private Traffic of(Lane lane) {
        return lanes[lane.ordinal()];
    }
}
