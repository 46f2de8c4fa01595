package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** An id that is to be done, and what is known against it. */
final class ShadowItem {

    private static final int ANY = Integer.MAX_VALUE;

    private final Object key;
    private final List<Arrival> waiting = new ArrayList<>(2);
    private List<Arrival> taken = List.of();
    private boolean running;
    private boolean live;
    private boolean failing;
    private boolean isolated;
    private int maxBatchSize = ANY;
    private int failures;
    private FailureKind lastKind = FailureKind.RETRYABLE;
    private long staleSince = -1;
    private int timesDecoded = Integer.MAX_VALUE;
    private boolean failsByItself;
    private boolean wasPaused;
    private boolean awaited;

    /** From when on it should be ready, as far as that is known. */
    long dueAt = Long.MAX_VALUE;

    ShadowItem(Object key) {
        this.key = key;
    }

    void merge(Arrival arrival, boolean isLive) {
        live |= isLive;
        await(arrival);
    }

    /** Only what asks for a higher version is not superseded. */
    private void await(Arrival arrival) {
        boolean first = true;
        for (Arrival earlier : List.copyOf(waiting)) {
            if (earlier.assignment == arrival.assignment) {
                if (!first || earlier.version() <= arrival.version()) {
                    waiting.remove(earlier);
                    earlier.supersededBy(arrival);
                }
                first = false;
            }
        }
        waiting.add(arrival);
    }

    void remember(RetryHistory history) {
        if (history.failures() > 0) {
            failing = true;
        }
        if (history.failures() > failures) {
            failures = history.failures();
            maxBatchSize = 1;
        }
    }

    void isolate() {
        failing = true;
        isolated = true;
        maxBatchSize = 1;
    }

    void pause() {
        wasPaused = true;
    }

    /** Whether its id was paused while there was something to do for it, so that it may be deferred, and wait. */
    boolean wasPaused() {
        return wasPaused;
    }

    boolean hasNeverFailed() {
        return failures == 0 && !isolated;
    }

    /** The last failure was not its own. */
    void forgive() {
        failures = Math.max(0, failures - 1);
        if (failing && hasNeverFailed()) {
            failing = false;
            maxBatchSize = ANY;
            staleSince = -1;
            timesDecoded = Integer.MAX_VALUE;
        }
    }

    /** Its decoder has failed, after it had succeeded so often for its topic. */
    void decoderFailed(int timesNow) {
        failsByItself = timesNow > timesDecoded;
        timesDecoded = timesNow;
    }

    /** Whether another record of its topic was decoded between its last failures. */
    boolean failsByItself() {
        return failsByItself;
    }

    /** A round begins that covers what has arrived until then. */
    void take(long arrivedUntil) {
        running = true;
        dueAt = Long.MAX_VALUE;
        taken = new ArrayList<>(waiting);
        taken.removeIf(arrival -> arrival.at > arrivedUntil);
        waiting.removeAll(taken);
    }

    /** The round has succeeded. */
    void settle(Arrival.State how) {
        running = false;
        taken.forEach(arrival -> {
            if (!arrival.assignment.ended) {
                arrival.settle(how);
            }
        });
        taken = List.of();
        if (how == Arrival.State.APPLIED) {
            failing = false;
            isolated = false;
            maxBatchSize = ANY;
            failures = 0;
            staleSince = -1;
        }
    }

    /** The record has been decoded. Returns the arrivals that it takes the place of. */
    List<Arrival> settleDecoded() {
        running = false;
        List<Arrival> decoded =
                taken.stream().filter(arrival -> !arrival.assignment.leaving).toList();
        taken = List.of();
        return decoded;
    }

    /** The round has not succeeded. */
    void takeBack() {
        running = false;
        List<Arrival> later = List.copyOf(waiting);
        waiting.clear();
        for (Arrival arrival : taken) {
            if (!arrival.assignment.leaving) {
                waiting.add(arrival);
            }
        }
        taken = List.of();
        later.forEach(this::await);
    }

    void split(int limit) {
        failing = true;
        maxBatchSize = Math.min(maxBatchSize, limit);
    }

    void failed(FailureKind kind) {
        failing = true;
        maxBatchSize = 1;
        failures++;
        lastKind = kind;
    }

    /** Others like it succeed, so it may be tried together with them. */
    void allowBatches() {
        maxBatchSize = ANY;
    }

    void unconfirmed() {
        failing = true;
    }

    /** Returns whether it has been stale for too long, and hence failed. */
    boolean stale(long now, long grace) {
        failing = true;
        if (staleSince >= 0 && now - staleSince > grace) {
            failed(FailureKind.RETRYABLE);
            return true;
        }
        staleSince = staleSince < 0 ? now : staleSince;
        return false;
    }

    void drop(SimulatedAssignment leaving) {
        waiting.removeIf(arrival -> arrival.assignment == leaving);
    }

    int takenFrom(SimulatedAssignment assignment) {
        int count = 0;
        for (Arrival arrival : taken) {
            count += arrival.assignment == assignment ? 1 : 0;
        }
        return count;
    }

    /** The highest version that its deliveries stand for. */
    long truth() {
        long highest = 0;
        for (Arrival arrival : taken) {
            highest = Math.max(highest, arrival.truth());
        }
        return highest;
    }

    void await(boolean isAwaited) {
        awaited = isAwaited;
    }

    boolean hasWaiting() {
        return awaited || hasTriggers();
    }

    /** How many of its deliveries came without a message. */
    long requests() {
        return Stream.concat(taken.stream(), waiting.stream())
                .filter(arrival -> arrival.assignment.partition == null)
                .count();
    }

    boolean hasTriggers() {
        return !waiting.isEmpty();
    }

    boolean hasLiveTrigger() {
        return waiting.stream()
                .anyMatch(arrival -> arrival.assignment.partition != null && !arrival.isFromRetryTopic());
    }

    boolean isRunning() {
        return running;
    }

    /** In how large a batch it may run. */
    int maxBatchSize(int maxBatch) {
        return failing ? maxBatchSize : maxBatch;
    }

    /** The lane in which it waits for the source, once it is ready. */
    Lane lane() {
        if (key instanceof Work.DeadLetter) {
            return Lane.DEAD_LETTER;
        }
        if (failing || key instanceof Work.Undecoded) {
            return Lane.ISOLATED;
        }
        return awaited ? Lane.URGENT : live ? Lane.LIVE : Lane.RESYNC;
    }

    String name() {
        return key.toString();
    }

    boolean isUndecoded() {
        return key instanceof Work.Undecoded;
    }

    int failures() {
        return failures;
    }

    FailureKind lastKind() {
        return lastKind;
    }

    @Override
    public String toString() {
        return key + (running ? " runs with " + taken : "") + " waits with " + waiting + ", company " + maxBatchSize
                + ", failures " + failures;
    }
}
