package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.internal.engine.SimulatedPartition.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A model of the engine of one process, written from the guarantees. It receives each event just before the engine
 * does, and is then compared with what the engine does.
 */
final class EngineModel {

    private final Map<Object, ItemModel> items = new HashMap<>();
    private final Map<String, Long> appliedVersions = new HashMap<>();
    private final Map<String, Integer> justFailed = new HashMap<>();
    private final Set<String> recentlyFailed = new HashSet<>();
    private final Map<String, Integer> timesDecoded = new HashMap<>();
    private final Map<String, Long> pausedUntil = new HashMap<>();
    private final EngineSettings settings;
    private final SimulatedWorld world;
    private final SimulatedAwaits awaits;

    /** Whether reading pauses because of the pending limit; failing ids may then be deferred. */
    boolean full;

    private int permitted;

    final PaceModel pace;
    final SuspensionModel suspension;

    EngineModel(SimulatedWorld world, SimulatedAwaits awaits) {
        this.world = world;
        this.awaits = awaits;
        this.settings = world.scenario.settings();
        this.pace = new PaceModel(settings.limits().concurrency(), world);
        this.suspension = new SuspensionModel(world);
    }

    /** Handles an assigned partition: versions that other processes have applied are unknown. */
    void assigned() {
        appliedVersions.clear();
    }

    /** Handles a delivery, with all its parts, of a current assignment. */
    void accept(List<Arrival> parts) {
        Arrival first = parts.get(0);
        if (first.assignment.isOpen(first.offset)) {
            world.saw(SimulationEvent.DELIVERED_AGAIN);
            return;
        }
        if (parts.size() > 1) {
            world.saw(SimulationEvent.SEVERAL_IDS);
        }
        if (!(first.work instanceof Work.Undecoded)) {
            timesDecoded.merge(first.assignment.partition.name.topic(), 1, Integer::sum);
        }
        parts.forEach(first.assignment::opened);
        for (Arrival part : parts) {
            if (part.work instanceof Work.Refresh refresh && isApplied(part, refresh)) {
                world.saw(SimulationEvent.ALREADY_APPLIED);
                part.settle(Arrival.State.ALREADY_APPLIED);
            } else {
                admit(part);
            }
        }
    }

    private void admit(Arrival part) {
        if (part.work instanceof Work.Ignored) {
            world.saw(SimulationEvent.IGNORED);
            part.settle(Arrival.State.IGNORED);
        } else {
            merge(part, !part.isFromRetryTopic());
        }
    }

    /** Replaces a record that could not be decoded before by its parts. */
    private void decoded(ItemModel item, Work.Undecoded undecoded, Work work) {
        Entry entry = ((SimulatedBroker.Decoding) undecoded.decoding()).entry();
        for (Arrival arrival : item.settleDecoded()) {
            List<Arrival> parts = Arrival.of(arrival.assignment, work, entry, world.now);
            arrival.replacedBy(parts);
            timesDecoded.merge(arrival.assignment.partition.name.topic(), 1, Integer::sum);
            parts.forEach(this::admit);
        }
    }

    /** Handles a request. */
    void request(Arrival arrival, boolean urgent) {
        arrival.assignment.opened(arrival);
        merge(arrival, urgent);
    }

    private void merge(Arrival arrival, boolean live) {
        Work work = arrival.work;
        ItemModel known = items.get(work.key());
        ItemModel item = known == null ? new ItemModel(work.key()) : known;
        if (item.isRunning()) {
            world.saw(SimulationEvent.TRIGGERED_WHILE_RUNNING);
        }
        int open = arrival.assignment.open();
        item.merge(arrival, live);
        if (arrival.assignment.open() < open) {
            world.saw(SimulationEvent.SUPERSEDED);
        }
        if (work instanceof Work.Refresh refresh) {
            item.remember(refresh.history());
        }
        if (known == null) {
            items.put(work.key(), item);
            if (recentlyFailed.contains(work.name())) {
                item.isolate();
            }
        }
        if (isPaused(item.name())) {
            item.pause();
        }
        boolean untriedAndNew = known == null && !live && item.failures() == 0;
        item.dueAt = untriedAndNew ? world.now : item.dueAt;
        item.dueAt = Math.max(item.dueAt, world.now + settleDelay()); // a new trigger waits for the settle delay too
    }

    /** Adds work for an id that a caller awaits. */
    void awaited() {
        Set<String> ids = awaits.ids();
        items.values().forEach(item -> item.await(ids.contains(item.name())));
        items.values().removeIf(item -> !item.hasWaiting() && !item.isRunning());
        for (String id : ids) {
            items.computeIfAbsent(id, this::awaitedItem).await(true);
        }
    }

    private ItemModel awaitedItem(Object id) {
        var item = new ItemModel(id);
        if (recentlyFailed.contains((String) id)) {
            item.isolate();
        }
        return item;
    }

    /** Pauses an id until this time. */
    void pause(String id, long until) {
        pausedUntil.put(id, until);
        ItemModel item = items.get(id);
        if (item != null) {
            item.pause();
        }
    }

    /** Resumes an id. Returns whether it was paused. */
    boolean resume(String id) {
        Long until = pausedUntil.remove(id);
        return until != null && until > world.now;
    }

    private boolean isPaused(String id) {
        return pausedUntil.getOrDefault(id, 0L) > world.now;
    }

    /** Returns the paused ids with a trigger from a trigger topic, whose offset must not be held. */
    List<String> pausedWithLiveTrigger() {
        List<String> found = new ArrayList<>(0);
        for (String id : pausedUntil.keySet()) {
            ItemModel item = isPaused(id) ? items.get(id) : null;
            if (item != null && !item.isRunning() && item.hasLiveTrigger()) {
                found.add(id);
            }
        }
        return found;
    }

    /** Returns how many ids may wait because they are paused. */
    int paused() {
        int paused = 0;
        for (String id : pausedUntil.keySet()) {
            paused += isPaused(id) ? 1 : 0;
        }
        return paused;
    }

    private boolean isApplied(Arrival arrival, Work.Refresh refresh) {
        OptionalLong version = refresh.trigger().version();
        Long applied = appliedVersions.get(refresh.trigger().id());
        return !arrival.isFromRetryTopic() && version.isPresent() && applied != null && applied > version.getAsLong();
    }

    private long settleDelay() {
        return settings.timing().settleDelay().toMillis();
    }

    /** Checks a batch whose round begins. */
    void begin(Batch batch) {
        awaited();
        watch(Lane.ISOLATED, batch.lane());
        watch(Lane.RESYNC, batch.lane());
        pace.begun(batch.lane());
        boolean asks = batch.lane().queriesSource();
        Violation.unless(
                !asks || !suspension.isOn() || batch.items().size() == 1,
                "G5: a probe with more than one id:",
                batch.items().size());
        int maxBatch = settings.limits().maxBatch();
        int maxBatchSize = -1;
        for (WorkItem each : batch.items()) {
            ItemModel item = items.get(each.work().key());
            Violation.unless(item != null && item.hasWaiting(), "G2: a round without triggers:", each.work(), item);
            Violation.unless(!item.isRunning(), "G2: an id runs twice:", item);
            int its = asks ? maxBatchSize(item, batch.items().size()) : maxBatch;
            Violation.unless(
                    !asks || maxBatchSize < 0 || maxBatchSize == its,
                    "G5: batched with other failing ids:",
                    item,
                    "of",
                    maxBatchSize);
            maxBatchSize = its;
            Violation.unless(
                    !asks || batch.items().size() <= Math.min(maxBatchSize, maxBatch),
                    "G5: a batch too large for",
                    item);
            Violation.unless(!asks || !isPaused(item.name()), "a paused id is queried:", item);
            if (batch instanceof Batch.Defer && item.wasPaused()) {
                world.saw(SimulationEvent.DEFERRED_WHILE_PAUSED);
            } else if (batch instanceof Batch.Defer && item.failures() == 0) {
                world.saw(SimulationEvent.DEFERRED_WITHOUT_QUERY);
                Violation.unless(suspension.defersUntried(), "G5: deferred without a query:", item);
            }
            if (batch instanceof Batch.DeadLetterTrigger) {
                Violation.unless(
                        item.lastKind() == FailureKind.PERMANENT, "G7: dead-lettered, but", item.lastKind(), item);
            }
            item.take(world.now - (batch instanceof Batch.Refresh ? settleDelay() : 0));
        }
    }

    /** Returns the largest batch for an item. A failed item may join a larger batch while others recover. */
    private int maxBatchSize(ItemModel item, int size) {
        int its = item.maxBatchSize(settings.limits().maxBatch());
        if (size <= its || item.failures() == 0 || permitted == 0) {
            return its;
        }
        permitted--;
        world.saw(SimulationEvent.RETRIED_EARLY);
        item.allowBatches();
        return item.maxBatchSize(settings.limits().maxBatch());
    }

    private void watch(Lane lane, Lane served) {
        boolean mayBeDeferred = lane == Lane.ISOLATED && full;
        if (lane == served || pace.held() || mayBeDeferred) {
            return;
        }
        for (ItemModel item : items.values()) {
            if (item.dueAt <= world.now && item.lane() == lane && !item.isRunning() && !item.wasPaused()) {
                pace.passOver(lane);
                return;
            }
        }
    }

    /** Checks and settles a finished round. */
    void settle(VirtualWorker worker) {
        Batch batch = worker.batch;
        List<Outcome> outcomes = worker.outcomes();
        boolean putAside = !batch.lane().queriesSource() && !(outcomes.get(0) instanceof Outcome.Failed);
        Violation.unless(!putAside || worker.hasSent(), "G1: the broker has not confirmed:", worker);
        boolean counts = counts(batch, outcomes);
        pace.ended(batch.lane(), outcomes, suspension);
        justFailed.clear();
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = counts ? outcomes.get(i) : new Outcome.Refused(Duration.ZERO);
            settle(batch, items.get(batch.items().get(i).work().key()), i, outcome);
        }
        if (outcomes.size() > 1 && outcomes.stream().allMatch(Outcome.Applied.class::isInstance)) {
            world.saw(SimulationEvent.APPLIED_SEVERAL);
        }
    }

    private boolean counts(Batch batch, List<Outcome> outcomes) {
        if (!batch.lane().queriesSource() || outcomes.get(0) instanceof Outcome.Refused) {
            return true;
        }
        List<ItemModel> asked = new ArrayList<>();
        batch.items().forEach(item -> asked.add(items.get(item.work().key())));
        boolean counts = suspension.counts(asked, outcomes);
        for (ItemModel item : suspension.takeDiscounted()) {
            if (items.containsValue(item) && !item.isRunning()) {
                world.saw(SimulationEvent.FAILURE_DISCOUNTED);
                item.discountFailure();
                if (item.hasNeverFailed()) {
                    recentlyFailed.remove(item.name());
                }
            }
        }
        return counts;
    }

    private void settle(Batch batch, ItemModel item, int index, Outcome outcome) {
        Work work = work(batch, index);
        boolean isRequested = awaits.isRequested(item);
        if (outcome instanceof Outcome.Applied applied) {
            world.saw(SimulationEvent.APPLIED);
            permitted += item.failures() > 0 ? 2 : 0;
            item.settle(Arrival.State.APPLIED);
            recentlyFailed.remove(work.name());
            if (applied.absent()) {
                appliedVersions.remove(work.name());
            } else {
                remember(batch, index, applied.version());
            }
        } else if (outcome instanceof Outcome.Decoded decoded) {
            permitted += item.failures() > 0 ? 2 : 0;
            items.remove(work.key());
            decoded(item, (Work.Undecoded) work, decoded.work());
            return;
        } else if (outcome instanceof Outcome.Forwarded) {
            Violation.unless(
                    !(work instanceof Work.Undecoded) || item.failures() > 0,
                    "G7: dead-lettered without a failure:",
                    item);
            Violation.unless(
                    !(work instanceof Work.Undecoded) || item.failsByItself(),
                    "G5: dead-lettered although no other record of the topic was decoded:",
                    item);
            if (item.failures() > 0 && work instanceof Work.Refresh) {
                recentlyFailed.add(work.name());
            }
            item.settle(Arrival.State.PUT_ASIDE);
        } else {
            item.takeBack();
            note(item, batch, index, outcome);
        }
        boolean isDone = outcome instanceof Outcome.Applied || outcome instanceof Outcome.Forwarded;
        boolean isAwaited = !isDone && item.hasWaiting() && isRequested;
        if (!item.hasTriggers() && !isAwaited) {
            items.remove(work.key());
        }
    }

    private static Work work(Batch batch, int index) {
        return batch.items().get(index).work();
    }

    private void note(ItemModel item, Batch batch, int index, Outcome outcome) {
        String id = work(batch, index).name();
        int ids = batch.items().size();
        if (outcome instanceof Outcome.Failed failed) {
            item.failed(failed.kind());
            if (work(batch, index) instanceof Work.Undecoded undecoded
                    && batch.lane().queriesSource()) {
                item.decoderFailed(
                        timesDecoded.getOrDefault(((SimulatedBroker.Decoding) undecoded.decoding()).topic(), 0));
            }
            justFailed.put(id, item.failures());
        } else if (outcome instanceof Outcome.Split split) {
            world.saw(SimulationEvent.FAILED_IN_BATCH);
            Violation.unless(split.maxBatchSize() <= (ids + 4) / 5, "G5: not split:", ids, "to", split.maxBatchSize());
            item.split(split.maxBatchSize());
        } else if (outcome instanceof Outcome.Unconfirmed) {
            world.saw(SimulationEvent.UNCONFIRMED);
            item.unconfirmed();
        } else if (outcome instanceof Outcome.Stale stale) {
            remember(batch, index, stale.version());
            if (item.stale(world.now, settings.timing().staleGrace().toMillis())) {
                world.saw(SimulationEvent.STALE_FOR_TOO_LONG);
                justFailed.put(id, item.failures());
            }
        }
    }

    /** Remembers an applied version, if the trigger has one. */
    private void remember(Batch batch, int index, OptionalLong version) {
        if (version.isPresent()
                && settings.limits().rememberedVersions() > 0
                && batch instanceof Batch.Refresh refresh
                && refresh.queries().get(index).trigger().version().isPresent()) {
            appliedVersions.merge(refresh.queries().get(index).trigger().id(), version.getAsLong(), Math::max);
        }
    }

    /** Checks a failure that the engine has counted. */
    void failed(String id, int failures, long pause) {
        Integer expected = justFailed.get(id);
        Violation.unless(
                expected != null && expected == failures, "G5: failure", failures, "of", id, "where", expected);
        ItemModel item = items.get(id);
        if (item != null && pause > 0) {
            item.dueAt = world.now + pause;
        }
    }

    /** Drops the queued work of an assignment; running rounds may finish. */
    void release(SimulatedAssignment leaving) {
        leaving.leaving = true;
        drop(leaving);
    }

    /** Ends an assignment. */
    void end(SimulatedAssignment leaving) {
        leaving.leaving = true;
        leaving.ended = true;
        leaving.forgetOpen();
        appliedVersions.clear();
        drop(leaving);
    }

    private void drop(SimulatedAssignment leaving) {
        items.values().removeIf(item -> {
            item.drop(leaving);
            return !item.hasWaiting() && !item.isRunning();
        });
    }

    /** Returns how many deliveries of an assignment are being processed. */
    int running(SimulatedAssignment assignment) {
        int running = 0;
        for (ItemModel item : items.values()) {
            running += item.takenFrom(assignment);
        }
        return running;
    }

    /** Returns the version that a running round must reach. */
    long truth(Object key) {
        return items.get(key).truth();
    }

    boolean hasWork() {
        return !items.isEmpty();
    }

    @Override
    public String toString() {
        return items.values().toString();
    }
}
