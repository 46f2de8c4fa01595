package io.triggerquery.producer.simulation;

import java.util.List;

/** Faults that the simulation must detect. */
final class ProducerMutants {

    static final List<Mutant> ALL = List.of(
            // publishing
            new Mutant(
                    "hands over triggers of rolled-back transactions",
                    "handoff.OngoingTransaction",
                    "if (status != STATUS_ROLLED_BACK || phase != Phase.RUNNING) {",
                    "if (true) {"),
            new Mutant(
                    "hands over triggers of known commits only",
                    "handoff.OngoingTransaction",
                    "if (status != STATUS_ROLLED_BACK || phase != Phase.RUNNING) {",
                    "if (status == STATUS_COMMITTED) {"),
            new Mutant(
                    "treats an in-doubt transaction as committed",
                    "handoff.OngoingTransaction",
                    "handOff.handOver(status == STATUS_COMMITTED)",
                    "handOff.handOver(true)"),
            new Mutant(
                    "sends before the transaction ends",
                    "handoff.AfterCommitStrategy",
                    "phase == Phase.COMMITTED) {",
                    "phase == Phase.COMMITTED || phase == Phase.RUNNING) {"),
            new Mutant(
                    "hands over before the commit",
                    "handoff.HandOff",
                    "            prepared.add(buffer.prepare(triggers));",
                    "            buffer.keep(triggers);"),
            new Mutant(
                    "keeps only the first of two triggers of an id in a transaction",
                    "handoff.HandOff",
                    "(one, other) -> one.merge(other.version())",
                    "(one, other) -> one"),
            new Mutant(
                    "does not report triggers that no buffer accepts",
                    "handoff.FallbackBuffer",
                    "        report.rejected(triggers, last.reason());",
                    ""),
            new Mutant(
                    "does not pass triggers to the fallback after a commit",
                    "handoff.FallbackBuffer",
                    "            keep(triggers, committed, fallbacks, new",
                    "            Object unused = (new"),
            new Mutant(
                    "keeps the version when merging with an unversioned trigger",
                    "sending.OutgoingTrigger",
                    "version == null || other == null ? null : Math.max(version, other)",
                    "version == null ? other : other == null ? version : Long.valueOf(Math.max(version, other))"),
            new Mutant(
                    "merges to the lower version",
                    "sending.OutgoingTrigger",
                    "Math.max(version, other)",
                    "Math.min(version, other)"),
            new Mutant(
                    "commits the row separately from a running transaction",
                    "outbox.OutboxStrategy",
                    "if (table.isInTransaction() && !hasCommitted()) {",
                    "if (false) {"),
            new Mutant(
                    "does not wake the relay after a commit",
                    "outbox.CommitWakeUp",
                    "    public void afterCompletion(int status) {\n        wakeUp.run();",
                    "    public void afterCompletion(int status) {"),
            // queues
            new Mutant(
                    "accepts triggers that are not in the queue",
                    "queue.MemoryBuffer",
                    "kept == triggers.size() ?",
                    "true ?"),
            new Mutant("does not wake the relay", "queue.MemoryBuffer", "            wakeUp.run();", ""),
            new Mutant(
                    "sends in-doubt triggers at once",
                    "queue.MemoryBuffer",
                    "return keep(triggers, IN_DOUBT_DELAY);",
                    "return keep(triggers, Duration.ZERO);"),
            new Mutant(
                    "does not delay an entry that already waits",
                    "queue.TriggerQueue",
                    "entry.delayUntil(nanoTime.getAsLong() + delay.toNanos());",
                    ""),
            new Mutant(
                    "retries in-doubt triggers too early",
                    "queue.TriggerQueue",
                    "&& !entry.isDue(now) && entry.earliestFrom(now) == now)",
                    "&& !entry.isDue(now))"),
            new Mutant(
                    "removes an entry that was published again during its send",
                    "queue.TriggerQueue",
                    "            if (entry.generation() == claimed.generation()) {\n                remove(entry);",
                    "            if (true) {\n                remove(entry);"),
            new Mutant(
                    "never removes sent entries",
                    "queue.TriggerQueue",
                    "            if (entry.generation() == claimed.generation()) {\n                remove(entry);",
                    "            if (false) {\n                remove(entry);"),
            new Mutant(
                    "releases no entries",
                    "queue.TriggerQueue",
                    "pending(untried).forEach(entry -> order.endClaim(entry, nanoTime.getAsLong()));",
                    ""),
            new Mutant(
                    "unparks no entries",
                    "queue.TriggerQueue",
                    "        unparked.forEach(entry -> order.release(entry, nanoTime.getAsLong()));",
                    ""),
            new Mutant(
                    "expires entries that are being sent",
                    "queue.TriggerQueue",
                    "                .filter(entry -> !entry.isClaimed(now))",
                    ""),
            new Mutant(
                    "expires entries without a report",
                    "queue.ExpiringStore",
                    "report.report(expired, \"not taken by Kafka within \" + age);",
                    ""),
            new Mutant(
                    "stops without reporting waiting triggers",
                    "queue.UnsentReport",
                    "report.report(remaining.getOrDefault(false, List.of()),"
                            + " \"not taken by Kafka before the process stopped\");",
                    ""),
            new Mutant(
                    "stops without reporting parked triggers",
                    "queue.UnsentReport",
                    "report.report(remaining.getOrDefault(true, List.of()), \"parked when the process stopped\");",
                    ""),
            // the disk queue
            new Mutant(
                    "loads no rows from disk",
                    "spool.DiskQueue",
                    "for (SpoolRow row : spool.loaded()) {",
                    "for (SpoolRow row : java.util.List.<SpoolRow>of()) {"),
            new Mutant(
                    "sends in-doubt triggers at the start",
                    "spool.DiskQueue",
                    "row.intents() > 0 ? settings.intentDelay() : Duration.ZERO",
                    "Duration.ZERO"),
            new Mutant(
                    "loses in-doubt triggers after several starts",
                    "spool.DiskQueue",
                    "inDoubt.add(row.key(), row.intents(), row.generation());",
                    ""),
            new Mutant(
                    "deletes no sent triggers from disk",
                    "spool.DiskQueue",
                    "submit(sent, this::forget);",
                    "submit(java.util.List.<Claimed>of(), this::forget);"),
            new Mutant(
                    "deletes from disk a trigger that was published again",
                    "spool.SpoolChange",
                    "if (remaining.published() > generation) {",
                    "if (false) {"),
            new Mutant(
                    "keeps intents of rolled-back transactions on disk",
                    "spool.SpoolChange",
                    "row.published() == 0 && row.intents() <= 1",
                    "false"),
            new Mutant(
                    "does not merge with the version on disk",
                    "spool.SpoolChange",
                    "                    trigger.merge(row.trigger().version()),",
                    "                    trigger,"),
            new Mutant(
                    "does not wait for the disk",
                    "spool.DiskBuffer",
                    "boolean inTime = await(written, triggers.size());",
                    "boolean inTime = true;"),
            new Mutant(
                    "reports that an intent is on disk before it is",
                    "spool.DiskBuffer",
                    "if (!await(written, triggers.size())) {",
                    "if (false) {"),
            new Mutant(
                    "treats in-doubt triggers as committed on disk",
                    "spool.DiskBuffer",
                    "return keep(triggers, false);",
                    "return keep(triggers, true);"),
            new Mutant(
                    "reports refused writes as done",
                    "spool.SelfHealingFile",
                    "                request.reject(reason);",
                    "                accepted.add(request);"),
            new Mutant(
                    "recreates the file without the latest rows",
                    "spool.SelfHealingFile",
                    "        newRows.accept(touched);",
                    ""),
            new Mutant(
                    "does not report writes that the disk refused late",
                    "spool.DiskQueue",
                    ".filter(waiting -> onlyInMemory.remove(waiting.trigger().key()))",
                    ".filter(waiting -> false)"),
            // the relay
            new Mutant(
                    "treats failed sends as sent",
                    "relay.DestinationWorker",
                    "List<Sent> acknowledged = result.having(SendOutcome.Acknowledged.class);",
                    "List<Sent> acknowledged = result.having(SendOutcome.class);"),
            new Mutant("does not delete sent triggers", "relay.DestinationWorker", "        store.done(sent);", ""),
            new Mutant(
                    "does not release untried triggers",
                    "relay.DestinationWorker",
                    "store.release(result.untried());",
                    ""),
            new Mutant(
                    "parks triggers after temporary failures",
                    "relay.DestinationWorker",
                    "store.postpone(entries.getValue(), pause.compareTo(minPause) >= 0 ? pause : minPause);",
                    "store.park(entries.getValue(), \"gone\");"),
            new Mutant(
                    "does not back off after a failure", "relay.DestinationWorker", "minPause = backoff.failed();", ""),
            new Mutant(
                    "parks triggers that were refused because of another in the batch",
                    "relay.Dispatch",
                    "            sendAlone(answers, deadline);",
                    ""),
            new Mutant(
                    "parks triggers that were not sent alone",
                    "relay.Dispatch",
                    "                entries.remove();",
                    ""),
            new Mutant(
                    "sends without a rate limit after an outage",
                    "relay.RelayBackoff",
                    "state = DestinationState.DRAINING;\n        Duration share",
                    "state = DestinationState.OPEN;\n        Duration share"),
            new Mutant(
                    "sends without a rate limit after a restart",
                    "relay.RelayPass",
                    "        workers.forEach(worker -> worker.backoff().startDrain());",
                    ""),
            new Mutant(
                    "drains at twice the rate",
                    "relay.RelayBackoff",
                    "dividedBy(drainPerSecond);",
                    "dividedBy(drainPerSecond * 2L);"),
            new Mutant("probes with a whole batch", "relay.RelayBackoff", "case AWAY -> 1;", "case AWAY -> batchSize;"),
            new Mutant(
                    "never retries an unavailable destination",
                    "relay.RelayBackoff",
                    "nanoTime.getAsLong() - dueNanos >= 0;",
                    "state == DestinationState.DRAINING;"),
            new Mutant("reports no outage", "relay.Outage", "            listener.outage(destination, cause);", ""),
            new Mutant("reports an outage repeatedly", "relay.Outage", "            reported = true;", ""),
            new Mutant(
                    "ends the loop at the first store failure",
                    "relay.RelayPass",
                    "            storeFailures.failed(StoreFailures.Call.PASS, e);",
                    "            throw e;"),
            new Mutant(
                    "pauses a failing store for too long",
                    "relay.StoreFailures",
                    "Duration.ofSeconds(5)",
                    "Duration.ofMinutes(5)"),
            new Mutant(
                    "does not end the pause of the store on an operator's retry",
                    "relay.TriggerRelay",
                    "        storeFailures.retryNow();",
                    ""),
            new Mutant(
                    "sends to one destination only",
                    "relay.RelayPass",
                    "        for (DestinationWorker worker : workers) {\n            more",
                    "        for (DestinationWorker worker : workers.subList(0, 1)) {\n            more"),
            new Mutant(
                    "does not merge the entries of an id",
                    "relay.Dispatch",
                    "            merged = merged.merge(entry.trigger().version());",
                    ""),
            new Mutant(
                    "loses a wake-up",
                    "relay.TriggerRelay",
                    "        wakeUpPending.set(false);\n        runPass();",
                    "        runPass();"),
            new Mutant(
                    "does not poll", "relay.TriggerRelay", "            nextPass.scheduleWithin(pause, current);", ""),
            new Mutant(
                    "does not settle delivered triggers",
                    "relay.RelayPass",
                    "boolean more = worker.settle();",
                    "boolean more = false;"));

    private ProducerMutants() {}
}
