package io.triggerquery.consumer.internal.engine;

import java.util.List;

/** Faults that the simulation must detect. */
final class EngineMutants {

    static final List<Mutant> ALL = List.of(
            new Mutant(
                    "commits the highest offset seen",
                    OffsetTracker.class,
                    "            watermark.acknowledge().run();",
                    "            newest.acknowledge().run();"),
            new Mutant(
                    "ignores offsets that were read again",
                    OffsetTracker.class,
                    "watermarkMoved && rereadOffsets.isEmpty() && watermark",
                    "watermarkMoved && watermark"),
            new Mutant("does not fence", OffsetTracker.class, "phase = Phase.FENCED;", ""),
            new Mutant(
                    "opens a delivery twice",
                    OffsetTracker.class,
                    "} else if (isOpen(offset)) {",
                    "} else if (false) {"),
            new Mutant("never completes a release", OffsetTracker.class, "running--;", ""),
            new Mutant("acknowledges only once", OffsetTracker.class, "        listedAsChanged = false;\n", ""),
            new Mutant(
                    "forgets what was open before a rewind",
                    OffsetTracker.class,
                    "                openOffsets.add(each.delivery().offset());",
                    ""),
            new Mutant(
                    "accepts deliveries of a former owner",
                    Assignments.class,
                    "tracker.isOwnedBy(owner) && tracker",
                    "tracker"),
            new Mutant(
                    "lets a former owner fence the new assignment",
                    Assignments.class,
                    "                .filter(tracker -> tracker.isOwnedBy(owner))\n",
                    ""),
            new Mutant(
                    "drops nothing on release",
                    TriggerEngine.class,
                    "queue.drop(Set.copyOf(leaving));\n            return",
                    "return"),
            new Mutant(
                    "settles a deferred trigger for an applied version",
                    Admission.class,
                    "                && !isRetry(opened);",
                    "                ;"),
            new Mutant(
                    "settles a record with its first part",
                    OpenDelivery.class,
                    "        var shared = new Parts(this, works.size());",
                    "        var shared = new Parts(this, 1);"),
            new Mutant(
                    "counts a record with several ids as one",
                    OffsetTracker.class,
                    "        pendingLimit.add(parts.size() - 1L);",
                    ""),
            new Mutant(
                    "settles a whole record when one of its parts is already applied",
                    Admission.class,
                    "            alreadyApplied.add(",
                    "            opened.tracker().settle(opened); alreadyApplied.add("),
            new Mutant(
                    "keeps an ignored record open",
                    Admission.class,
                    "opened.delivery().work() instanceof Work.Ignored",
                    "false"),
            new Mutant(
                    "drops the ids of a record that was decoded later",
                    Settlement.class,
                    "                admission.decoded(delivery, work);",
                    "                delivery.tracker().settle(delivery);"),
            new Mutant(
                            "processes a record decoded after its assignment ended",
                            Settlement.class,
                            "            if (delivery.tracker().assigned()) {",
                            "            {")
                    .caughtBy(564),
            new Mutant(
                            "defers an undecoded record",
                            Settlement.class,
                            "item.work() instanceof Work.Undecoded ? Lane.DEAD_LETTER : Lane.DEFER",
                            "Lane.DEFER")
                    .caughtBy(1533),
            new Mutant(
                            "dead-letters a record although no record of its topic can be decoded",
                            Settlement.class,
                            "othersDecoded(decoder.timesDecoded()) && failedLong",
                            "othersDecoded(decoder.timesDecoded()) | failedLong")
                    .caughtBy(112),
            new Mutant(
                    "judges all topics by one decoder state",
                    Assignments.class,
                    "decoders.of(partition.topic())",
                    "decoders.of(NO_TOPIC)"),
            new Mutant(
                    "keeps reading a topic whose records cannot be decoded",
                    TriggerEngine.class,
                    "throttle.pausesRetries(), decoders.full()",
                    "throttle.pausesRetries(), Set.of()"),
            new Mutant(
                    "counts undecoded records that are closed",
                    OffsetTracker.class,
                    "            decoder.closed(closed.undividedWeight());",
                    ""),
            new Mutant(
                            "batches undecoded records with ids",
                            BatchBuilder.class,
                            " && item.work() instanceof Work.Refresh;",
                            ";")
                    .caughtBy(2544),
            new Mutant(
                    "keeps reading while no record can be decoded",
                    Suspension.class,
                    "ofDecoder || isUnavailable(first)",
                    "isUnavailable(first)"),
            new Mutant(
                            "resumes a listener whose source is unavailable when a record is decoded",
                            Suspension.class,
                            "active != null && active.ofDecoder()",
                            "active != null")
                    .caughtBy(500),
            new Mutant(
                            "remembers an id as failing although its failure no longer counts",
                            ListenerThrottle.class,
                            "            queue.recentlyFailed().remove(item.work());",
                            "")
                    .caughtBy(4508),
            new Mutant(
                    "pauses nothing while queries are stopped",
                    ListenerThrottle.class,
                    "pendingLimit.full() || queue.lanes().queriesStopped()",
                    "pendingLimit.full() || false"),
            new Mutant(
                    "does not pause a reassigned partition", TriggerEngine.class, "flowControl.forget(partition);", ""),
            new Mutant("loses the flag to pause", PartitionFlowControl.class, "            unsettled = true;", ""),
            new Mutant(
                    "never reads the retry topic again",
                    PartitionFlowControl.class,
                    "            publish(Set.of());",
                    "            publish(requested.stream().filter(p -> p.topic().equals(retryTopic))"
                            + ".collect(Collectors.toSet()));"),
            new Mutant(
                    "settles a trigger that arrived during the query",
                    Settlement.class,
                    "    private void done(WorkItem item, Outcome outcome) {\n",
                    "    private void done(WorkItem item, Outcome outcome) {\n"
                            + "        for (OpenDelivery each : item.waiting()) { each.tracker().settle(each);"
                            + " item.drop(java.util.Set.of(each.tracker())); }\n"),
            new Mutant(
                    "takes a stale answer for an applied one",
                    Settlement.class,
                    "if (outcome instanceof Outcome.Applied || outcome",
                    "if (outcome instanceof Outcome.Applied || outcome instanceof Outcome.Stale || outcome"),
            new Mutant(
                    "counts a refusal as a failure",
                    Settlement.class,
                    "        if (outcome instanceof Outcome.Failed failed) {\n            if (item",
                    "        if (outcome instanceof Outcome.Refused) { item.ensureFailureState()"
                            + ".failed(new RuntimeException(), false, queue.now()); }\n"
                            + "        if (outcome instanceof Outcome.Failed failed) {\n            if (item"),
            new Mutant(
                    "keeps any number of failing ids", Settlement.class, "|| queue.retries().nearlyFull()", "|| false"),
            new Mutant(
                    "does not suspend when the database is unavailable",
                    Suspension.class,
                    "roundsWithoutDatabase >= needed.roundsWithoutDatabase() * scale",
                    "false"),
            new Mutant(
                    "retries at once while a young trigger waits",
                    Settlement.class,
                    "item.triggeredAgain()",
                    "item.hasWaiting()"),
            new Mutant(
                    "dead-letters retryable failures",
                    Settlement.class,
                    "failed.kind() == FailureKind.PERMANENT",
                    "failed.kind() != FailureKind.UNAVAILABLE"),
            new Mutant(
                    "forgets waiting deliveries when a round succeeds",
                    Settlement.class,
                    "        if (item.hasWaiting()) {\n            queue.readyWhenSettled(item);",
                    "        if (false) {\n            queue.readyWhenSettled(item);"),
            new Mutant(
                    "forgets ids that were deferred",
                    Settlement.class,
                    "            queue.recentlyFailed().add(item.work());",
                    ""),
            new Mutant(
                    "runs an id twice",
                    WorkQueue.class,
                    "        WorkItem known = items.get(work.key());",
                    "        WorkItem known = items.get(work.key());\n"
                            + "        known = known != null && known.state() instanceof WorkState.Running ? null : known;"),
            new Mutant(
                    "never ends a wait",
                    WorkQueue.class,
                    "scheduler.set(remaining, () -> rearrange(item))",
                    "scheduler.set(remaining, () -> {})"),
            new Mutant(
                    "counts ids that were removed",
                    WorkQueue.class,
                    "        items.remove(item.work().key());\n        retries.remove(item);",
                    "        items.remove(item.work().key());"),
            new Mutant(
                    "batches ids that failed with others",
                    BatchBuilder.class,
                    "itemMaxBatchSize == maxBatchSize && item",
                    "item"),
            new Mutant(
                    "settles triggers younger than the settle delay",
                    BatchBuilder.class,
                    "item.take(now - timing.settleDelay().toNanos(), round)",
                    "item.take(now, round)"),
            new Mutant(
                    "settles the deliveries of a failed round",
                    WorkItem.class,
                    "        waiting = running.taken().stream()",
                    "        running.taken().forEach(delivery -> delivery.tracker().settle(delivery));\n"
                            + "        waiting = java.util.stream.Stream.<OpenDelivery>of()"),
            new Mutant(
                    "takes back deliveries of an assignment that has ended",
                    WorkItem.class,
                    "delivery -> delivery.tracker().assigned()",
                    "delivery -> true"),
            new Mutant(
                    "drops the superseding delivery",
                    WorkItem.class,
                    "        kept.add(latest);",
                    "        if (kept.get(0).tracker() != latest.tracker()) { kept.add(latest); }"),
            new Mutant(
                    "lets a lower version supersede a higher one",
                    WorkItem.class,
                    "!sameAssignment || first && older.requiresMoreThan(latest)",
                    "!sameAssignment"),
            new Mutant(
                    "forgets the version that a failed round required",
                    WorkItem.class,
                    "        if (running.trigger() != null) {",
                    "        if (running.trigger() != null && mergedTrigger == null) {"),
            new Mutant(
                    "queries the source for a record without a valid id",
                    WorkItem.class,
                    "if (work instanceof Work.DeadLetter) {",
                    "if (false) {"),
            new Mutant(
                            "believes an absence older than the trigger",
                            FailureState.class,
                            "    void triggered() {\n        absentSince = null;",
                            "    void triggered() {")
                    .caughtBy(3417),
            new Mutant(
                    "believes an absence at once",
                    RoundResults.class,
                    "return versioned || query.absenceConfirmed() ?",
                    "return true ?"),
            new Mutant(
                    "treats a stale answer as applied",
                    RoundResults.class,
                    "answered.getAsLong() < triggered.getAsLong()",
                    "answered.getAsLong() < 0"),
            new Mutant("never splits", Round.class, "(ids + PARTS - 1) / PARTS", "ids"),
            new Mutant("counts a failed batch against all its ids", Round.class, "if (ids == 1 ||", "if (ids > 0 ||"),
            new Mutant(
                    "settles a deferred trigger that the broker rejected",
                    Round.class,
                    "            pipeline.failureSinks().defer(defer.triggers());",
                    "            try { pipeline.failureSinks().defer(defer.triggers()); } catch (Exception e) { }"),
            new Mutant("queries while queries are stopped", Lanes.class, "return queriesStopped ? 0 : ", "return "),
            new Mutant("starves a lane", Lanes.class, "each.passedOver++ >= MAX_PASSED_OVER", "each.passedOver++ < 0"),
            new Mutant("starts all rounds when queries resume", SlowStart.class, "        rounds = 1;\n", ""),
            new Mutant("probes with a full batch", SlowStart.class, "        ids = 1;\n", ""),
            new Mutant("stays slow when queries resume", SlowStart.class, "rounds * 2L", "rounds"),
            new Mutant(
                    "does not split a batch that fails like an outage",
                    Round.class,
                    "if (ids == 1 || !batch.lane().queriesSource()) {",
                    "if (ids == 1 || kind == FailureKind.UNAVAILABLE || !batch.lane().queriesSource()) {"),
            new Mutant(
                    "treats an equal version as already applied",
                    AppliedVersions.class,
                    "applied > trigger.version()",
                    "applied >= trigger.version()"),
            new Mutant(
                    "remembers an applied version after an absence",
                    AppliedVersions.class,
                    "            forget(trigger.id());",
                    ""),
            new Mutant(
                    "remembers applied versions after an assignment ended",
                    TriggerEngine.class,
                    "        appliedVersions.clear();\n",
                    ""),
            new Mutant("never suspends", Suspension.class, "if (!isEnough()) {", "if (true) {"),
            new Mutant(
                    "suspends for ids that had failed before",
                    Suspension.class,
                    "if (item.hasNeverFailed()) {",
                    "if (true) {"),
            new Mutant(
                    "does not suspend for the ids of one batch",
                    Suspension.class,
                    "alone >= needed.ids() * scale",
                    "false"),
            new Mutant(
                    "counts the failures that caused a suspension",
                    Suspension.class,
                    "        failed.forEach(forgiven);\n",
                    ""),
            new Mutant(
                    "counts the failure of a probe",
                    Suspension.class,
                    "if (active != null) {\n            return true;",
                    "if (active != null) {\n            return false;"),
            new Mutant("never resumes", Suspension.class, "        active = null;\n        scale", "        scale"),
            new Mutant(
                    "needs no more evidence after a wrong suspension",
                    Suspension.class,
                    "scale = Math.min(MAX_SCALE, 2 * scale);",
                    ""),
            new Mutant(
                    "defers untried ids while the database is unavailable",
                    Suspension.class,
                    "(onlyRejected || !active.hopeless() && now - active.since() >= after.toNanos())",
                    "true"),
            new Mutant(
                    "never reads the retry topic while suspended",
                    ListenerThrottle.class,
                    "queue.items().isEmpty() ? null : suspension.active()",
                    "suspension.active()"),
            new Mutant(
                    "defers dead letters",
                    OverloadDeferral.class,
                    ".filter(item -> item.work() instanceof Work.Refresh)",
                    ".filter(item -> true)"),
            new Mutant(
                    "retries an id early without a success of another",
                    EarlyRetries.class,
                    "if (permitted == 0) {",
                    "if (permitted < 0) {"),
            new Mutant("ends all back-offs after one success", EarlyRetries.class, "        permitted--;\n", "")
                    .caughtBy(531),
            new Mutant(
                            "blocks the failing lane forever",
                            WorkQueue.class,
                            "lanes.block(lane, false)",
                            "lanes.block(lane, true)")
                    .caughtBy(982),
            new Mutant("loses a wake-up", Workers.class, "        starting--;", ""),
            new Mutant(
                    "remembers the trigger's version",
                    AppliedVersions.class,
                    "applied(trigger.id(), stale.version());",
                    "applied(trigger.id(), trigger.version());"),
            new Mutant(
                    "remembers a version before it is projected",
                    AppliedVersions.class,
                    "        boolean versioned = trigger.version().isPresent();",
                    "        boolean versioned = trigger.version().isPresent();\n"
                            + "        applied(trigger.id(), trigger.version());"),
            new Mutant("is full forever", PendingLimit.class, "full &= weight > limit / 2;", ""),
            new Mutant("forgets what was removed", PendingLimit.class, "weight -= removed;", ""),
            new Mutant(
                            "queries a paused id after a refused round",
                            WorkQueue.class,
                            "        if (pausedIds.setAside(item)) {\n            return;",
                            "        if (false) {\n            return;")
                    .caughtBy(457),
            new Mutant("queries a paused id", WorkQueue.class, ": !pausedIds.setAside(item)", ": true"),
            new Mutant(
                    "does not retry an id when it is resumed",
                    IdRequests.class,
                    "return waited && retryNow(item);",
                    "return waited;"),
            new Mutant(
                    "keeps the trigger of a paused id in memory",
                    PausedIds.class,
                    "if (isDeferred(item.waiting())) {",
                    "if (true) {"),
            new Mutant(
                            "counts the round that was running when the await began",
                            FreshRead.class,
                            "return round != before && round",
                            "return round")
                    .caughtBy(1680),
            new Mutant(
                    "answers an await with any version",
                    FreshRead.class,
                    "answered.getAsLong() >= version.getAsLong()",
                    "answered.getAsLong() >= 0"),
            new Mutant(
                    "never times out an await",
                    FreshReads.class,
                    "        caller.timesOutWith(scheduler.set(timeout, () -> timeOut(each, caller)));\n",
                    ""),
            new Mutant(
                    "keeps the request of an await that has ended",
                    FreshReads.class,
                    "        if (item != null && !(item.state() instanceof WorkState.Running)) {\n            items.release(item);",
                    "        if (item != null && !(item.state() instanceof WorkState.Running)) {"),
            new Mutant(
                            "defers the request of an await",
                            WorkQueue.class,
                            "return !item.isUrgent() || callers.leaves(item, next);",
                            "return true;")
                    .caughtBy(330),
            new Mutant(
                    "does not apply the settle delay to an await",
                    AwaitedItems.class,
                    "Math.max(settled, latest)",
                    "settled"));

    private EngineMutants() {}
}
