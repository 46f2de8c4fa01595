package io.triggerquery.consumer.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The ready items, each in its lane, first come first served within one.
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

    private static final class Traffic {
        private final Chain<WorkItem> ready = new Chain<>();
        private final Lane lane;
        private final int share;
        private int running;
        private int passedOver;

        private Traffic(Lane lane, int concurrency) {
            this.lane = lane;
            this.share = lane.share(concurrency);
        }
    }

    Lanes(int concurrency) {
        slowStart = new SlowStart(concurrency);
        lanes = Arrays.stream(Lane.values())
                .map(lane -> new Traffic(lane, concurrency))
                .toArray(Traffic[]::new);
    }

    void add(Lane lane, WorkItem item) {
        of(lane).ready.add(item);
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

    /** The item that has been ready in a lane for longest, or null if none is. */
    @Nullable
    WorkItem first(Lane lane) {
        return of(lane).ready.first();
    }

    void begun(Lane lane) {
        of(lane).running++;
        asking += lane.asksTheSource() ? 1 : 0;
    }

    void ended(Lane lane) {
        of(lane).running--;
        asking -= lane.asksTheSource() ? 1 : 0;
    }

    /** How many rounds could begin now, if each takes so many items. */
    int takeable(int maxBatch) {
        int sum = 0;
        for (Traffic each : lanes) {
            sum += takeable(each, each.lane == Lane.LIVE || each.lane == Lane.RESYNC ? maxBatch : 1);
        }
        return sum;
    }

    private int takeable(Traffic traffic, int batch) {
        if (traffic.ready.isEmpty()) {
            return 0;
        }
        int rounds = Math.min((traffic.ready.size() + batch - 1) / batch, traffic.share - traffic.running);
        if (!traffic.lane.asksTheSource()) {
            return rounds;
        }
        return held ? 0 : Math.max(0, Math.min(rounds, slowStart.limit() - asking));
    }

    /** Nothing is asked until {@link #letGo()}, and then little at first. */
    void hold() {
        held = true;
        slowStart.restart();
    }

    void letGo() {
        held = false;
    }

    boolean held() {
        return held;
    }

    /** The source has answered. */
    void answered() {
        slowStart.grow();
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
