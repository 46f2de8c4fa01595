package io.triggerquery.consumer.engine;

import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
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

    private final Map<Lane, Traffic> lanes = new EnumMap<>(Lane.class);
    private final SlowStart slowStart;
    private int asking;
    private boolean held;

    private static final class Traffic {
        private final Set<WorkItem> ready = new LinkedHashSet<>();
        private final int share;
        private int running;
        private int passedOver;

        private Traffic(int share) {
            this.share = share;
        }
    }

    Lanes(int concurrency) {
        slowStart = new SlowStart(concurrency);
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new Traffic(lane.share(concurrency)));
        }
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
        Lane first = null;
        Lane impatient = null;
        for (Lane lane : Lane.values()) {
            if (takeable(lane, 1) > 0) {
                first = first == null ? lane : first;
                impatient = impatient == null && of(lane).passedOver++ >= PATIENCE ? lane : impatient;
            }
        }
        Lane next = impatient == null ? first : impatient;
        if (next != null) {
            of(next).passedOver = 0;
        }
        return next;
    }

    Iterator<WorkItem> ready(Lane lane) {
        return of(lane).ready.iterator();
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
        for (Lane lane : Lane.values()) {
            sum += takeable(lane, lane == Lane.LIVE || lane == Lane.RESYNC ? maxBatch : 1);
        }
        return sum;
    }

    private int takeable(Lane lane, int batch) {
        Traffic traffic = of(lane);
        if (traffic.ready.isEmpty()) {
            return 0;
        }
        int rounds = Math.min((traffic.ready.size() + batch - 1) / batch, traffic.share - traffic.running);
        if (!lane.asksTheSource()) {
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
        return lanes.values().stream().mapToInt(traffic -> traffic.ready.size()).sum();
    }

    int running() {
        return lanes.values().stream().mapToInt(traffic -> traffic.running).sum();
    }

    private Traffic of(Lane lane) {
        Traffic traffic = lanes.get(lane);
        if (traffic == null) {
            throw new IllegalStateException("no lane " + lane);
        }
        return traffic;
    }
}
