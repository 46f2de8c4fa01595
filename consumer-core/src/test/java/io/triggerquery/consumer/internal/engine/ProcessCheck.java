package io.triggerquery.consumer.internal.engine;

import org.apache.kafka.common.TopicPartition;

/** Checks the state of a process after every step. */
final class ProcessCheck {

    /** The milliseconds after which the engine requests a thread again that it could not get. */
    private static final long LOOKS_AGAIN = 1_000;

    private final SimulatedWorld world;
    private final SimulatedProcess process;
    private final EngineSettings.Limits limits;

    ProcessCheck(SimulatedWorld world, SimulatedProcess process) {
        this.world = world;
        this.process = process;
        this.limits = world.scenario.settings().limits();
    }

    void afterStep() {
        process.awaits.check();
        process.model.awaited();
        process.model.suspension.look();
        process.model.full = process.engine.status(0).full();
        long pending = pending();
        checkPaused(pending);
        checkNoWorkerIsMissing();
        for (String id : process.model.pausedWithLiveTrigger()) {
            boolean waits = process.engine.find(id).state() instanceof IdState.Waiting waiting
                    && waiting.reason().equals("paused");
            Violation.unless(!waits, "a paused id holds the offset of a trigger topic:", id, process.model);
        }
    }

    private long pending() {
        int open = process.requests.open();
        for (SimulatedAssignment assignment : process.assignments.values()) {
            open += assignment.open();
        }
        long pending = process.engine.pending();
        Violation.unless(pending == open, "G4:", pending, "pending where", open, "are open in", process);
        long records =
                world.broker.hasFailedToDecode ? limits.maxPending() + SimulatedProcess.POLL : SimulatedProcess.POLL;
        Violation.unless(
                pending < limits.maxPending() + records * RandomSchedule.MAX_PARTS + SimulatedProcess.REQUESTS,
                "G4: pending without bounds:",
                pending);
        return pending;
    }

    private void checkPaused(long pending) {
        boolean held = process.model.pace.held();
        boolean toPause = held && process.model.suspension.pausesReading() || pending >= limits.maxPending();
        boolean toRead = !(held && process.model.suspension.pausesReading()) && pending <= limits.maxPending() / 2;
        for (SimulatedAssignment assignment : process.assignments.values()) {
            TopicPartition partition = assignment.partition.name;
            boolean retry = partition.topic().equals(SimulatedBroker.RETRY_TOPIC);
            boolean paused = process.paused.contains(partition);
            long undecoded = undecoded(partition.topic());
            long most = Math.max(1, limits.maxPending() / 2);
            boolean enough = undecoded >= world.scenario.evidence().ids();
            boolean toPauseTopic = enough && undecoded >= most;
            boolean toReadTopic = !enough || undecoded <= most / 2;
            if (toPauseTopic && !toPause) {
                world.saw(SimulationEvent.UNDECODED_TOPIC_PAUSED);
            }
            Violation.unless(paused || !toPause, "G4: not paused:", assignment);
            Violation.unless(paused || !toPauseTopic, "G5: not paused with its topic:", assignment);
            Violation.unless(!paused || !toRead || !toReadTopic || retry, "G4: still paused:", assignment);
        }
        boolean nothingToDo = toRead
                && !process.model.hasWork()
                && SimulatedBroker.TOPICS.stream().allMatch(topic -> undecoded(topic) == 0);
        Violation.unless(process.paused.isEmpty() || !nothingToDo, "G4: still paused:", process.paused);
    }

    private long undecoded(String topic) {
        long undecoded = 0;
        for (SimulatedAssignment assignment : process.assignments.values()) {
            undecoded += assignment.partition.name.topic().equals(topic) ? assignment.undecoded() : 0;
        }
        return undecoded;
    }

    /** Checks that no wake-up is lost, and that rounds begin as soon as they may. */
    private void checkNoWorkerIsMissing() {
        if (process.wantsNoThread()
                && process.workers.size() < limits.concurrency()
                && world.now >= process.lastWithoutThread + LOOKS_AGAIN
                && process.model.hasWork()
                && process.model.pace.hasRoomForAll()) {
            int ready = process.engine.status(0).ready();
            Violation.unless(ready == 0, "G8: no worker runs although items are ready:", ready, process.model);
        }
    }

    /** Failed ids may wait only within the retry capacity; ids with a stale answer always may. */
    void afterRound(VirtualWorker worker) {
        if (!process.observer.failedToWait()) {
            return;
        }
        EngineStatus status = process.engine.status(0);
        int waiting = status.waiting()
                - process.workers.size()
                - 1
                - process.model.paused(); // running items and those that run next count too
        for (Outcome outcome : worker.outcomes()) {
            waiting -= outcome instanceof Outcome.Stale || outcome instanceof Outcome.Unconfirmed ? 1 : 0;
        }
        Violation.unless(waiting <= limits.maxWaiting(), "G4: waiting without bounds:", status);
    }

    void atEnd() {
        EngineStatus status = process.engine.status(1);
        Violation.unless(
                status.pending() == 0 && status.ready() == 0 && status.running() == 0 && status.waiting() == 0,
                "G8: work left over:",
                status);
        Violation.unless(!status.held() && !status.full() && !status.nearCapacity(), "G8: not at rest:", status);
        Violation.unless(process.paused.isEmpty(), "G8: still paused:", process.paused);
    }
}
