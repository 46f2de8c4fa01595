package io.triggerquery.producer.simulation;

import java.util.List;

/** Faults that the simulation must notice. */
final class ProducerMutants {

    static final List<Mutant> ALL = List.of(
            // what is published becomes a trigger that waits
            new Mutant(
                    "hands over what was rolled back",
                    "handoff.OngoingTransaction",
                    "if (status != STATUS_ROLLED_BACK || phase != Phase.RUNNING) {",
                    "if (true) {"),
            new Mutant(
                    "hands over only what is known to be committed",
                    "handoff.OngoingTransaction",
                    "if (status != STATUS_ROLLED_BACK || phase != Phase.RUNNING) {",
                    "if (status == STATUS_COMMITTED) {"),
            new Mutant(
                    "takes an unknown end for a commit",
                    "handoff.OngoingTransaction",
                    "handOff.handOver(status == STATUS_COMMITTED)",
                    "handOff.handOver(true)"),
            new Mutant(
                    "sends within the transaction",
                    "handoff.AfterCommitStrategy",
                    "phase == Phase.COMMITTED) {",
                    "phase == Phase.COMMITTED || phase == Phase.RUNNING) {"),
            new Mutant(
                    "hands over before the commit",
                    "handoff.HandOff",
                    "            prepared.add(buffer.prepare(triggers));",
                    "            buffer.keep(triggers);"),
            new Mutant(
                    "keeps the first of two in a transaction",
                    "handoff.HandOff",
                    "(one, other) -> one.merge(other.version())",
                    "(one, other) -> one"),
            new Mutant(
                    "does not report what nobody accepts",
                    "handoff.FallbackBuffer",
                    "        report.rejected(triggers, last.reason());",
                    ""),
            new Mutant(
                    "forgets what the fallback should get after a commit",
                    "handoff.FallbackBuffer",
                    "            keep(triggers, committed, fallbacks, new",
                    "            Object unused = (new"),
            new Mutant(
                    "merges to the stronger claim",
                    "sending.OutgoingTrigger",
                    "version == null || other == null ? null : Math.max(version, other)",
                    "version == null ? other : other == null ? version : Long.valueOf(Math.max(version, other))"),
            new Mutant(
                    "merges to the lower version",
                    "sending.OutgoingTrigger",
                    "Math.max(version, other)",
                    "Math.min(version, other)"),
            new Mutant(
                    "commits a row of its own in a running transaction",
                    "outbox.OutboxStrategy",
                    "if (table.isInTransaction() && !hasCommitted()) {",
                    "if (false) {"),
            new Mutant(
                    "does not wake the relay after a commit",
                    "outbox.CommitWakeUp",
                    "    public void afterCompletion(int status) {\n        wakeUp.run();",
                    "    public void afterCompletion(int status) {"),
            // where it waits
            new Mutant("accepts what is not in the queue", "queue.MemoryBuffer", "kept == triggers.size() ?", "true ?"),
            new Mutant("does not wake the relay", "queue.MemoryBuffer", "            wakeUp.run();", ""),
            new Mutant(
                    "sends at once what may not be committed yet",
                    "queue.MemoryBuffer",
                    "return keep(triggers, IN_DOUBT_DELAY);",
                    "return keep(triggers, Duration.ZERO);"),
            new Mutant(
                    "does not delay what waits already",
                    "queue.TriggerQueue",
                    "entry.delayUntil(nanoTime.getAsLong() + delay.toNanos());",
                    ""),
            new Mutant(
                    "retries too early",
                    "queue.TriggerQueue",
                    "&& !entry.isDue(now) && entry.earliestFrom(now) == now)",
                    "&& !entry.isDue(now))"),
            new Mutant(
                    "forgets what was published again during its send",
                    "queue.TriggerQueue",
                    "            if (entry.generation() == claimed.generation()) {\n                remove(entry);",
                    "            if (true) {\n                remove(entry);"),
            new Mutant(
                    "never forgets",
                    "queue.TriggerQueue",
                    "            if (entry.generation() == claimed.generation()) {\n                remove(entry);",
                    "            if (false) {\n                remove(entry);"),
            new Mutant(
                    "releases nothing",
                    "queue.TriggerQueue",
                    "pending(untried).forEach(entry -> order.endClaim(entry, nanoTime.getAsLong()));",
                    ""),
            new Mutant(
                    "unparks nothing",
                    "queue.TriggerQueue",
                    "        unparked.forEach(entry -> order.release(entry, nanoTime.getAsLong()));",
                    ""),
            new Mutant(
                    "gives up what is being sent",
                    "queue.TriggerQueue",
                    "                .filter(entry -> !entry.isClaimed(now))",
                    ""),
            new Mutant(
                    "gives up without a report",
                    "queue.ExpiringStore",
                    "report.report(expired, \"not taken by Kafka within \" + age);",
                    ""),
            new Mutant(
                    "stops without a report",
                    "queue.UnsentReport",
                    "report.report(remaining.getOrDefault(false, List.of()),"
                            + " \"not taken by Kafka before the process stopped\");",
                    ""),
            new Mutant(
                    "stops without a report of what is parked",
                    "queue.UnsentReport",
                    "report.report(remaining.getOrDefault(true, List.of()), \"parked when the process stopped\");",
                    ""),
            // on disk
            new Mutant(
                    "loads nothing of what was on disk",
                    "spool.DiskQueue",
                    "for (SpoolRow row : spool.loaded()) {",
                    "for (SpoolRow row : java.util.List.<SpoolRow>of()) {"),
            new Mutant(
                    "sends at the start what may not be committed yet",
                    "spool.DiskQueue",
                    "row.intents() > 0 ? settings.intentDelay() : Duration.ZERO",
                    "Duration.ZERO"),
            new Mutant(
                    "forgets over several starts what may not be committed yet",
                    "spool.DiskQueue",
                    "inDoubt.add(row.key(), row.intents(), row.generation());",
                    ""),
            new Mutant(
                    "forgets nothing on disk",
                    "spool.DiskQueue",
                    "submit(sent, this::forget);",
                    "submit(java.util.List.<Claimed>of(), this::forget);"),
            new Mutant(
                    "forgets on disk what was published again",
                    "spool.SpoolChange",
                    "if (remaining.published() > generation) {",
                    "if (false) {"),
            new Mutant(
                    "leaves on disk what was announced for nothing",
                    "spool.SpoolChange",
                    "row.published() == 0 && row.intents() <= 1",
                    "false"),
            new Mutant(
                    "loses the version of what is on disk",
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
                    "counts what may not be committed yet as committed",
                    "spool.DiskBuffer",
                    "return keep(triggers, false);",
                    "return keep(triggers, true);"),
            new Mutant(
                    "takes for written what the disk refused",
                    "spool.SelfHealingFile",
                    "                request.reject(reason);",
                    "                accepted.add(request);"),
            new Mutant(
                    "heals the file without its last rows",
                    "spool.SelfHealingFile",
                    "        newRows.accept(touched);",
                    ""),
            new Mutant(
                    "does not report what the disk rejected late",
                    "spool.DiskQueue",
                    ".filter(waiting -> onlyInMemory.remove(waiting.trigger().key()))",
                    ".filter(waiting -> false)"),
            // how it leaves
            new Mutant(
                    "takes what failed for sent",
                    "relay.DestinationWorker",
                    "List<Sent> acknowledged = result.having(SendOutcome.Acknowledged.class);",
                    "List<Sent> acknowledged = result.having(SendOutcome.class);"),
            new Mutant("does not forget what was sent", "relay.DestinationWorker", "        store.done(sent);", ""),
            new Mutant("keeps what was not tried", "relay.DestinationWorker", "store.release(result.untried());", ""),
            new Mutant(
                    "parks what may arrive later",
                    "relay.DestinationWorker",
                    "store.postpone(entries.getValue(), pause.compareTo(minPause) >= 0 ? pause : minPause);",
                    "store.park(entries.getValue(), \"gone\");"),
            new Mutant("does not close the backoff", "relay.DestinationWorker", "minPause = backoff.failed();", ""),
            new Mutant(
                    "parks what was refused because of another one",
                    "relay.Dispatch",
                    "            sendAlone(answers, deadline);",
                    ""),
            new Mutant("parks what was not tried alone", "relay.Dispatch", "                entries.remove();", ""),
            new Mutant(
                    "sends all at once after an outage",
                    "relay.RelayBackoff",
                    "state = DestinationState.DRAINING;\n        Duration share",
                    "state = DestinationState.OPEN;\n        Duration share"),
            new Mutant(
                    "sends all at once after a restart",
                    "relay.RelayPass",
                    "        workers.forEach(worker -> worker.backoff().startDrain());",
                    ""),
            new Mutant(
                    "drains too fast",
                    "relay.RelayBackoff",
                    "dividedBy(drainPerSecond);",
                    "dividedBy(drainPerSecond * 2L);"),
            new Mutant("tries with a whole batch", "relay.RelayBackoff", "case AWAY -> 1;", "case AWAY -> batchSize;"),
            new Mutant(
                    "never tries again",
                    "relay.RelayBackoff",
                    "nanoTime.getAsLong() - dueNanos >= 0;",
                    "state == DestinationState.DRAINING;"),
            new Mutant("reports no outage", "relay.Outage", "            listener.outage(destination, cause);", ""),
            new Mutant("reports an outage repeatedly", "relay.Outage", "            reported = true;", ""),
            new Mutant(
                    "ends with the first error of the store",
                    "relay.RelayPass",
                    "            storeFailures.failed(StoreFailures.Call.PASS, e);",
                    "            throw e;"),
            new Mutant(
                    "pauses a failing store for too long",
                    "relay.StoreFailures",
                    "Duration.ofSeconds(5)",
                    "Duration.ofMinutes(5)"),
            new Mutant("retries without the store", "relay.TriggerRelay", "        storeFailures.retryNow();", ""),
            new Mutant(
                    "sends to one destination only",
                    "relay.RelayPass",
                    "        for (DestinationWorker worker : workers) {\n            more",
                    "        for (DestinationWorker worker : workers.subList(0, 1)) {\n            more"),
            new Mutant(
                    "takes the first entry for all of its id",
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
                    "does not settle what was delivered",
                    "relay.RelayPass",
                    "boolean more = worker.settle();",
                    "boolean more = false;"));

    private ProducerMutants() {}
}
