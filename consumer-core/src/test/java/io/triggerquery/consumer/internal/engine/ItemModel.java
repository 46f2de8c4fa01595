package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The model of a work item with its failures. */
final class ItemModel {

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

    /** The time at which it should be ready, as far as known. */
    long dueAt = Long.MAX_VALUE;

    ItemModel(Object key) {
        this.key = key;
    }

    void merge(Arrival arrival, boolean isLive) {
        live |= isLive;
        await(arrival);
    }

    /** Marks deliveries as superseded, except those that require a higher version. */
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

    /** Whether its id was paused while it had work, so that it may be deferred or wait. */
    boolean wasPaused() {
        return wasPaused;
    }

    boolean hasNeverFailed() {
        return failures == 0 && !isolated;
    }

    /** Discounts the last failure, which had a cause that hits every id. */
    void discountFailure() {
        failures = Math.max(0, failures - 1);
        if (failing && hasNeverFailed()) {
            failing = false;
            maxBatchSize = ANY;
            staleSince = -1;
            timesDecoded = Integer.MAX_VALUE;
        }
    }

    /** Records a failure of its decoder. The argument counts the records of its topic decoded so far. */
    void decoderFailed(int timesNow) {
        failsByItself = timesNow > timesDecoded;
        timesDecoded = timesNow;
    }

    /** Returns whether another record of its topic was decoded between its last failures. */
    boolean failsByItself() {
        return failsByItself;
    }

    /** Begins a round for the deliveries that arrived until this time. */
    void take(long arrivedUntil) {
        running = true;
        dueAt = Long.MAX_VALUE;
        taken = new ArrayList<>(waiting);
        taken.removeIf(arrival -> arrival.at > arrivedUntil);
        waiting.removeAll(taken);
    }

    /** Ends a successful round. */
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

    /** Ends the item of a decoded record. Returns its arrivals. */
    List<Arrival> settleDecoded() {
        running = false;
        List<Arrival> decoded =
                taken.stream().filter(arrival -> !arrival.assignment.leaving).toList();
        taken = List.of();
        return decoded;
    }

    /** Takes the deliveries of a failed round back. */
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

    /** Allows it in batches again, because others have recovered. */
    void allowBatches() {
        maxBatchSize = ANY;
    }

    void unconfirmed() {
        failing = true;
    }

    /** Records a stale answer. Returns whether it counts as a failure, because the grace period has passed. */
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

    /** Returns the highest version of its deliveries. */
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

    /** Returns how many of its deliveries came without a message. */
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

    /** Returns the largest batch it may run in. */
    int maxBatchSize(int maxBatch) {
        return failing ? maxBatchSize : maxBatch;
    }

    /** Returns the lane in which it waits when it is ready. */
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
        return key + (running ? " runs with " + taken : "") + " waits with " + waiting + ", batches up to "
                + maxBatchSize + ", failures " + failures;
    }
}
