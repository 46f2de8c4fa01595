package io.triggerquery.consumer.internal.engine;

import java.util.List;

/** Faults that the simulation must notice. */
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
                    "lets a former owner deliver", Assignments.class, "tracker.isOwnedBy(owner) && tracker", "tracker"),
            new Mutant(
                    "lets a former owner fence",
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
                    "settles a covered part with all others",
                    Admission.class,
                    "            alreadyApplied.add(",
                    "            opened.tracker().settle(opened); alreadyApplied.add("),
            new Mutant(
                    "keeps what is not meant for the listener",
                    Admission.class,
                    "opened.delivery().work() instanceof Work.Ignored",
                    "false"),
            new Mutant(
                    "loses what a record is decoded to",
                    Settlement.class,
                    "                admission.decoded(delivery, work);",
                    "                delivery.tracker().settle(delivery);"),
            new Mutant(
                            "goes on with a decoded record of another owner",
                            Settlement.class,
                            "            if (delivery.tracker().assigned()) {",
                            "            {")
                    .caughtBy(564),
            new Mutant(
                            "defers a record that has no id",
                            Settlement.class,
                            "item.work() instanceof Work.Undecoded ? Lane.DEAD_LETTER : Lane.DEFER",
                            "Lane.DEFER")
                    .caughtBy(1533),
            new Mutant(
                            "dead-letters a record while none of its topic is decoded",
                            Settlement.class,
                            "othersDecoded(decoder.timesDecoded()) && failedLong",
                            "othersDecoded(decoder.timesDecoded()) | failedLong")
                    .caughtBy(112),
            new Mutant(
                    "judges a topic's decoder by another's",
                    Assignments.class,
                    "decoders.of(partition.topic())",
                    "decoders.of(NO_TOPIC)"),
            new Mutant(
                    "reads a topic on of which no record is decoded",
                    TriggerEngine.class,
                    "throttle.pausesRetries(), decoders.full()",
                    "throttle.pausesRetries(), Set.of()"),
            new Mutant(
                    "counts undecoded records that have left",
                    OffsetTracker.class,
                    "            decoder.closed(closed.undividedWeight());",
                    ""),
            new Mutant("batches records with ids", BatchBuilder.class, " && item.work() instanceof Work.Refresh;", ";")
                    .caughtBy(2544),
            new Mutant(
                    "reads on while no record can be decoded",
                    Suspension.class,
                    "ofDecoder || isUnavailable(first)",
                    "isUnavailable(first)"),
            new Mutant(
                            "resumes a listener whose source is away when a record is decoded",
                            Suspension.class,
                            "active != null && active.ofDecoder()",
                            "active != null")
                    .caughtBy(500),
            new Mutant(
                            "remembers a forgiven id as failing",
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
                    "settles what arrived during the query",
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
                    "queries on without a database",
                    Suspension.class,
                    "roundsWithoutDatabase >= needed.roundsWithoutDatabase() * scale",
                    "false"),
            new Mutant(
                    "retries at once while a young trigger waits",
                    Settlement.class,
                    "item.triggeredAgain()",
                    "item.hasWaiting()"),
            new Mutant(
                    "dead-letters what is retryable",
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
                    "takes too young triggers for settled",
                    BatchBuilder.class,
                    "item.take(now - timing.settleDelay().toNanos(), round)",
                    "item.take(now, round)"),
            new Mutant(
                    "settles what it should take back",
                    WorkItem.class,
                    "        waiting = running.taken().stream()",
                    "        running.taken().forEach(delivery -> delivery.tracker().settle(delivery));\n"
                            + "        waiting = java.util.stream.Stream.<OpenDelivery>of()"),
            new Mutant(
                    "takes back what it has given up",
                    WorkItem.class,
                    "delivery -> delivery.tracker().assigned()",
                    "delivery -> true"),
            new Mutant(
                    "loses what supersedes",
                    WorkItem.class,
                    "        kept.add(latest);",
                    "        if (kept.get(0).tracker() != latest.tracker()) { kept.add(latest); }"),
            new Mutant(
                    "lets a lower version supersede a higher one",
                    WorkItem.class,
                    "!sameAssignment || first && older.requiresMoreThan(latest)",
                    "!sameAssignment"),
            new Mutant(
                    "forgets the version that a failed round wanted",
                    WorkItem.class,
                    "        if (running.trigger() != null) {",
                    "        if (running.trigger() != null && mergedTrigger == null) {"),
            new Mutant(
                    "queries what is no trigger",
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
                    "takes an older answer for fresh",
                    RoundResults.class,
                    "answered.getAsLong() < triggered.getAsLong()",
                    "answered.getAsLong() < 0"),
            new Mutant("never splits", Round.class, "(ids + PARTS - 1) / PARTS", "ids"),
            new Mutant("counts a failed batch against all its ids", Round.class, "if (ids == 1 ||", "if (ids > 0 ||"),
            new Mutant(
                    "settles what the broker did not take",
                    Round.class,
                    "            pipeline.failureSinks().defer(defer.triggers());",
                    "            try { pipeline.failureSinks().defer(defer.triggers()); } catch (Exception e) { }"),
            new Mutant("queries while queries are stopped", Lanes.class, "return queriesStopped ? 0 : ", "return "),
            new Mutant("starves a lane", Lanes.class, "each.passedOver++ >= MAX_PASSED_OVER", "each.passedOver++ < 0"),
            new Mutant("starts all rounds when queries resume", SlowStart.class, "        rounds = 1;\n", ""),
            new Mutant("probes with a full batch", SlowStart.class, "        ids = 1;\n", ""),
            new Mutant("stays slow when queries resume", SlowStart.class, "rounds * 2L", "rounds"),
            new Mutant(
                    "splits nothing that looks like an outage",
                    Round.class,
                    "if (ids == 1 || !batch.lane().queriesSource()) {",
                    "if (ids == 1 || kind == FailureKind.UNAVAILABLE || !batch.lane().queriesSource()) {"),
            new Mutant(
                    "takes an equal version for proof",
                    AppliedVersions.class,
                    "applied > trigger.version()",
                    "applied >= trigger.version()"),
            new Mutant(
                    "remembers a version over an absence",
                    AppliedVersions.class,
                    "            forget(trigger.id());",
                    ""),
            new Mutant(
                    "remembers versions over an assignment",
                    TriggerEngine.class,
                    "        appliedVersions.clear();\n",
                    ""),
            new Mutant("never suspends", Suspension.class, "if (!isEnough()) {", "if (true) {"),
            new Mutant(
                    "suspends for ids that had failed before",
                    Suspension.class,
                    "if (item.hasNeverFailed()) {",
                    "if (true) {"),
            new Mutant("forgives no id", Suspension.class, "        failed.forEach(forgiven);\n", ""),
            new Mutant(
                    "counts the failure of a probe",
                    Suspension.class,
                    "if (active != null) {\n            return true;",
                    "if (active != null) {\n            return false;"),
            new Mutant("never resumes", Suspension.class, "        active = null;\n        scale", "        scale"),
            new Mutant(
                    "needs no more evidence after it was wrong",
                    Suspension.class,
                    "scale = Math.min(MAX_SCALE, 2 * scale);",
                    ""),
            new Mutant(
                    "defers untried ids while the database is away",
                    Suspension.class,
                    "(onlyRejected || !active.hopeless() && now - active.since() >= after.toNanos())",
                    "true"),
            new Mutant(
                    "reads the retry topic never while suspended",
                    ListenerThrottle.class,
                    "queue.items().isEmpty() ? null : suspension.active()",
                    "suspension.active()"),
            new Mutant(
                    "defers what is no trigger",
                    OverloadDeferral.class,
                    ".filter(item -> item.work() instanceof Work.Refresh)",
                    ".filter(item -> true)"),
            new Mutant(
                    "tries one early without a reason",
                    EarlyRetries.class,
                    "if (permitted == 0) {",
                    "if (permitted < 0) {"),
            new Mutant("lets one success end all back-offs", EarlyRetries.class, "        permitted--;\n", "")
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
                            "queries a paused id after a round that does not count",
                            WorkQueue.class,
                            "        if (pausedIds.setAside(item)) {\n            return;",
                            "        if (false) {\n            return;")
                    .caughtBy(457),
            new Mutant("queries a paused id", WorkQueue.class, ": !pausedIds.setAside(item)", ": true"),
            new Mutant(
                    "lets a paused id wait that is resumed",
                    IdRequests.class,
                    "return waited && retryNow(item);",
                    "return waited;"),
            new Mutant(
                    "keeps the trigger of a paused id in memory",
                    PausedIds.class,
                    "if (isDeferred(item.waiting())) {",
                    "if (true) {"),
            new Mutant(
                            "counts the round that runs at the call",
                            FreshRead.class,
                            "return round != before && round",
                            "return round")
                    .caughtBy(1680),
            new Mutant(
                    "takes any version for the asked one",
                    FreshRead.class,
                    "answered.getAsLong() >= version.getAsLong()",
                    "answered.getAsLong() >= 0"),
            new Mutant(
                    "lets a caller wait for ever",
                    FreshReads.class,
                    "        caller.timesOutWith(scheduler.set(timeout, () -> timeOut(each, caller)));\n",
                    ""),
            new Mutant(
                    "keeps the request of a caller who has left",
                    FreshReads.class,
                    "        if (item != null && !(item.state() instanceof WorkState.Running)) {\n            items.release(item);",
                    "        if (item != null && !(item.state() instanceof WorkState.Running)) {"),
            new Mutant(
                            "defers the request of a caller",
                            WorkQueue.class,
                            "return !item.isUrgent() || callers.leaves(item, next);",
                            "return true;")
                    .caughtBy(330),
            new Mutant(
                    "takes the request of a caller as settled at once",
                    AwaitedItems.class,
                    "Math.max(settled, latest)",
                    "settled"));

    private EngineMutants() {}
}
