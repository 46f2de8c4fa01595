package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FailureKind;
import java.util.List;

/** The model of slow start and lanes: limits queries, and detects a lane that starves. */
final class PaceModel {

    /**
     * The turns after which a lane counts as starved: its own limit, and one more for each other lane that may go
     * first.
     */
    private static final int MAX_PASSED_OVER = 12;

    private static final long FIRST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 1_000;
    private static final int FAILED_RETRIES_BEFORE_PACING = 20;

    private final int concurrency;
    private final int[] running = new int[Lane.values().length];
    private final int[] passedOver = new int[Lane.values().length];
    private final SimulatedWorld world;
    private int asking;
    private int limit;
    private long heldUntil;
    private long pause = FIRST_PAUSE;
    private int failedRetries;

    PaceModel(int concurrency, SimulatedWorld world) {
        this.concurrency = concurrency;
        this.limit = concurrency;
        this.world = world;
    }

    void begun(Lane lane) {
        running[lane.ordinal()]++;
        passedOver[lane.ordinal()] = 0;
        Violation.unless(running[lane.ordinal()] <= lane.maxRounds(concurrency), "G5: more than its share for", lane);
        if (lane.queriesSource()) {
            asking++;
            Violation.unless(!held(), "G5: asks while held until", heldUntil);
            Violation.unless(asking <= limit, "G5: asks", asking, "times at once, and may", limit);
        }
    }

    /** Records that another lane was served while this one had ready items. */
    void passOver(Lane lane) {
        boolean rests = lane == Lane.ISOLATED && failedRetries >= FAILED_RETRIES_BEFORE_PACING;
        if (!rests && running[lane.ordinal()] < lane.maxRounds(concurrency) && asking < limit) {
            passedOver[lane.ordinal()]++;
            Violation.unless(passedOver[lane.ordinal()] <= MAX_PASSED_OVER, "G5: starved:", lane);
        }
    }

    void ended(Lane lane, List<Outcome> outcomes, SuspensionModel suspension) {
        running[lane.ordinal()]--;
        if (!lane.queriesSource()) {
            return;
        }
        asking--;
        if (outcomes.get(0) instanceof Outcome.Refused refused) {
            hold(refused.holdFor().toMillis());
            return;
        }
        if (outcomes.get(0) instanceof Outcome.Decoded) {
            pause = suspension.isOn() ? pause : FIRST_PAUSE;
            return;
        }
        boolean failed = outcomes.stream().allMatch(PaceModel::isFailure);
        if (!failed) {
            limit = Math.min(concurrency, limit * 2);
            pause = FIRST_PAUSE;
        } else if (suspension.isOn() && !held()) {
            hold(pause);
            pause = Math.min(LONGEST_PAUSE, 2 * pause);
        }
        if (lane == Lane.ISOLATED) {
            failedRetries = failed ? failedRetries + 1 : 0;
        }
    }

    private static boolean isFailure(Outcome outcome) {
        return outcome instanceof Outcome.Failure failure && failure.kind() != FailureKind.PERMANENT;
    }

    private void hold(long pause) {
        if (!held()) {
            heldUntil = world.now + pause;
            limit = 1;
        }
    }

    boolean held() {
        return world.now < heldUntil;
    }

    /** Returns whether a round of any lane could begin. */
    boolean hasRoomForAll() {
        for (Lane lane : Lane.values()) {
            if (running[lane.ordinal()] >= lane.maxRounds(concurrency)) {
                return false;
            }
        }
        return !held() && asking < limit && failedRetries < FAILED_RETRIES_BEFORE_PACING;
    }
}
