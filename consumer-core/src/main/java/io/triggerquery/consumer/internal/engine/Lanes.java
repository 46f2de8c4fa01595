package io.triggerquery.consumer.internal.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The ready items, in one queue for each lane.
 *
 * <p>Of the lanes that may run, the first is served, unless another has been passed over {@value #MAX_PASSED_OVER}
 * consecutive times. So no lane starves another, and no workers are reserved for an empty lane. {@link Lane#URGENT} is
 * served at most every other time while another lane may run.
 *
 * <p>Threads: guarded by the engine's lock. Bounds: those of the {@link WorkQueue}.
 */
final class Lanes {

    private static final int MAX_PASSED_OVER = 8;

    private final LaneState[] lanes;
    private final SlowStart slowStart;
    private int queryRounds;
    private boolean queriesStopped;
    private boolean newestFirst;
    private boolean lastWasUrgent;
    private int firstLane = 1; // the lane of awaited ids costs nothing while there are none

    private static final class LaneState {
        private final IntrusiveList<WorkItem> ready = new IntrusiveList<>();
        private final Lane lane;
        private final int maxRounds;
        private int running;
        private int passedOver;
        private boolean paced;
        private boolean blocked;

        private LaneState(Lane lane, int concurrency) {
            this.lane = lane;
            this.maxRounds = lane.maxRounds(concurrency);
        }
    }

    /**
     * Creates the lanes.
     *
     * @param concurrency the maximum number of concurrent rounds
     * @param maxBatch the maximum number of ids in a round
     */
    Lanes(int concurrency, int maxBatch) {
        slowStart = new SlowStart(concurrency, maxBatch);
        lanes = Arrays.stream(Lane.values())
                .map(lane -> new LaneState(lane, concurrency))
                .toArray(LaneState[]::new);
    }

    /**
     * Adds an item. One that has failed only as part of batches, or for which a caller waits, goes before others that
     * failed alone.
     */
    void add(Lane lane, WorkItem item) {
        if (lane == Lane.ISOLATED && (item.hasNeverFailed() || item.isUrgent())) {
            of(lane).ready.addFirst(item);
        } else {
            of(lane).ready.add(item);
        }
    }

    /** Returns an item to its lane that was taken for a round which does not count. */
    void giveBack(Lane lane, WorkItem item) {
        if (newestFirst && lane == Lane.LIVE) {
            of(lane).ready.addFirst(item); // at the other end it would be taken again at once
        } else {
            of(lane).ready.add(item);
        }
    }

    void remove(Lane lane, WorkItem item) {
        of(lane).ready.remove(item);
    }

    /** Sets whether there may be items in {@link Lane#URGENT}. */
    void serveUrgent(boolean areThere) {
        firstLane = areThere ? Lane.URGENT.ordinal() : Lane.URGENT.ordinal() + 1;
    }

    /** Returns the lane to serve now, or null if none may run. */
    @Nullable
    Lane next() {
        LaneState first = null;
        LaneState overdue = null;
        for (int i = firstLane; i < lanes.length; i++) {
            LaneState each = lanes[i];
            if (startableRounds(each, 1) > 0) {
                first = first == null || lastWasUrgent && first.lane == Lane.URGENT ? each : first;
                overdue = overdue == null && each.passedOver++ >= MAX_PASSED_OVER ? each : overdue;
            }
        }
        LaneState next = overdue == null ? first : overdue;
        if (next == null) {
            return null;
        }
        next.passedOver = 0;
        lastWasUrgent = next.lane == Lane.URGENT;
        return next.lane;
    }

    /** Returns the number of items in a lane. */
    int ready(Lane lane) {
        return of(lane).ready.size();
    }

    /** Returns the next item of a lane, or null if it is empty. */
    @Nullable
    WorkItem first(Lane lane) {
        IntrusiveList<WorkItem> ready = of(lane).ready;
        return newestFirst && lane == Lane.LIVE ? ready.last() : ready.first();
    }

    /** Sets whether the newest of the live items is served first, instead of the oldest. */
    void serveNewestFirst(boolean newest) {
        newestFirst = newest;
    }

    /** Sets whether a lane pauses after each round that begins with an item that has failed alone. */
    void pace(Lane lane, boolean isPaced) {
        of(lane).paced = isPaced;
        of(lane).blocked &= isPaced;
    }

    /** Returns whether the lane pauses after its next round. */
    boolean isPaced(Lane lane) {
        LaneState state = of(lane);
        WorkItem first = state.ready.first();
        return state.paced && first != null && !first.hasNeverFailed();
    }

    /** Sets whether a lane may begin no rounds. */
    void block(Lane lane, boolean isBlocked) {
        of(lane).blocked = isBlocked;
    }

    /** Returns the maximum number of ids in a query. */
    int idsPerQuery() {
        return slowStart.ids();
    }

    void begun(Lane lane) {
        of(lane).running++;
        queryRounds += lane.queriesSource() ? 1 : 0;
    }

    void ended(Lane lane) {
        of(lane).running--;
        queryRounds -= lane.queriesSource() ? 1 : 0;
    }

    /** Returns the number of rounds that could begin now. */
    int startableRounds() {
        int rounds = 0;
        for (int i = firstLane; i < lanes.length; i++) {
            LaneState each = lanes[i];
            rounds += startableRounds(each, each.lane.batchSize(slowStart.ids()));
        }
        return rounds;
    }

    private int startableRounds(LaneState state, int batch) {
        if (state.ready.isEmpty() || state.blocked) {
            return 0;
        }
        int rounds = Math.min((state.ready.size() + batch - 1) / batch, state.maxRounds - state.running);
        rounds = isPaced(state.lane) ? Math.min(1, rounds) : rounds;
        if (!state.lane.queriesSource()) {
            return rounds;
        }
        return queriesStopped ? 0 : Math.max(0, Math.min(rounds, slowStart.rounds() - queryRounds));
    }

    /** Stops queries until {@link #resumeQueries()}, after which they start slowly. */
    void stopQueries() {
        queriesStopped = true;
        slowStart.restart();
    }

    void resumeQueries() {
        queriesStopped = false;
    }

    boolean queriesStopped() {
        return queriesStopped;
    }

    /** Records that a round has succeeded, at least in part. */
    void succeeded(int ids) {
        slowStart.succeeded(ids);
    }

    /** Records that a round has failed as a whole. One of the isolated lane does not reduce the size of the others. */
    void failed(Lane lane, int ids) {
        if (lane != Lane.ISOLATED) {
            slowStart.failed(ids);
        }
    }

    int ready() {
        return Arrays.stream(lanes).mapToInt(state -> state.ready.size()).sum();
    }

    int running() {
        return Arrays.stream(lanes).mapToInt(state -> state.running).sum();
    }

    private LaneState of(Lane lane) {
        return lanes[lane.ordinal()];
    }
}
