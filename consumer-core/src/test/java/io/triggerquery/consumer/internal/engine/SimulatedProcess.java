package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.SimulatedPartition.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.common.TopicPartition;

/** A process: the real engine on virtual workers and a virtual timer, with a simulated container. */
final class SimulatedProcess implements Executor, Intake {

    /** The maximum number of records in a poll. */
    static final int POLL = 3;

    /** The maximum number of requests at a time. */
    static final int REQUESTS = 3;

    private final SimulatedWorld world;
    private final int number;
    private final Object[] consumers = {"consumer 1", "consumer 2"};
    private final ProcessCheck check;
    private int wanted;
    private long requested;

    final ManualTimer timer = new ManualTimer();
    final ProcessObserver observer;
    final EngineModel model;
    final TriggerEngine engine;
    final SimulatedAssignment requests = new SimulatedAssignment(this, null, this);
    final SimulatedAwaits awaits;
    final Map<TopicPartition, SimulatedAssignment> assignments = new LinkedHashMap<>();
    final Set<TopicPartition> paused = new HashSet<>();
    final List<VirtualWorker> workers = new ArrayList<>();
    boolean threadless;
    private boolean pausedReading;
    long lastWithoutThread = Long.MIN_VALUE / 2;

    SimulatedProcess(SimulatedWorld world, int number) {
        this.world = world;
        this.number = number;
        this.awaits = new SimulatedAwaits(world, this);
        this.model = new EngineModel(world, awaits);
        this.observer = new ProcessObserver(world, model);
        this.check = new ProcessCheck(world, this);
        timer.advanceTo(world.now);
        var idle = new VirtualWorker(world, this, null);
        engine = new TriggerEngine(
                world.scenario.settings(),
                new Pipeline<>(idle, idle, SimulatedFailure::kindOf, SimulatedProcess::backOff, idle),
                new EngineRuntime(this, timer, timer, this, observer),
                world.scenario.evidence());
    }

    static Duration backOff(Duration failing) {
        return Duration.ofMillis(Math.max(200, Math.min(8_000, failing.toMillis())));
    }

    /** Returns the other consumer of the process. */
    Object consumerOtherThan(SimulatedAssignment assignment) {
        return assignment != null && assignment.consumer == consumers[0] ? consumers[1] : consumers[0];
    }

    void assigned(SimulatedAssignment assignment) {
        world.trace("assigned", assignment, assignment.consumer, assignment.position);
        SimulatedAssignment former = assignments.put(assignment.partition.name, assignment);
        if (former != null) {
            model.end(former);
            paused.remove(assignment.partition.name); // that paused the former consumer
        }
        model.assigned();
        engine.assigned(assignment.consumer, List.of(assignment.partition.name));
        check.afterStep();
    }

    /** Revokes an assignment: running rounds may take some more steps. */
    void revoke(SimulatedAssignment assignment, int steps) {
        world.trace("revoke", assignment);
        model.release(assignment);
        CompletableFuture<Void> drained = engine.release(assignment.consumer, List.of(assignment.partition.name));
        world.saw(model.running(assignment) > 0 ? SimulationEvent.REVOKED_WHILE_RUNNING : SimulationEvent.REVOKED);
        for (int i = 0; i < steps && !drained.isDone(); i++) {
            work();
        }
        Violation.unless(
                drained.isDone() == (model.running(assignment) == 0), "G6: drained?", drained.isDone(), assignment);
        lose(assignment);
    }

    void lose(SimulatedAssignment assignment) {
        world.trace("fence", assignment);
        model.end(assignment);
        engine.fence(assignment.consumer, List.of(assignment.partition.name));
        assignments.remove(assignment.partition.name, assignment);
        check.afterStep();
    }

    /** A replaced consumer of the process still delivers for a while, which the engine must ignore. */
    void hearLate(SimulatedAssignment ended) {
        if (ended.position < ended.partition.log.size()) {
            Delivery late = delivery(ended, ended.partition.log.get(ended.position));
            engine.accept(ended.consumer, List.of(late));
        }
        engine.release(ended.consumer, List.of(ended.partition.name));
        engine.fence(ended.consumer, List.of(ended.partition.name));
        check.afterStep();
    }

    /** Polls a few records of the partitions that are not paused. */
    void poll() {
        if (pausedReading) {
            return;
        }
        int left = 1 + world.random.nextInt(POLL);
        List<SimulatedAssignment> pollable = new ArrayList<>();
        for (SimulatedAssignment assignment : assignments.values()) {
            if (!paused.contains(assignment.partition.name)) {
                pollable.add(assignment);
            }
        }
        Map<Object, List<Delivery>> polled = new LinkedHashMap<>();
        for (SimulatedAssignment assignment : pollable) {
            List<Entry> log = assignment.partition.log;
            while (left > 0 && assignment.position < log.size()) {
                left--;
                polled.computeIfAbsent(assignment.consumer, any -> new ArrayList<>())
                        .add(delivery(assignment, log.get(assignment.position++)));
            }
        }
        polled.forEach(engine::accept);
        check.afterStep();
    }

    private Delivery delivery(SimulatedAssignment assignment, Entry entry) {
        world.trace("deliver", assignment, entry);
        Work work = world.broker.work(entry, assignment.partition.name.topic());
        if (entry.history().failures() > 0) {
            world.saw(SimulationEvent.RETRIED);
        }
        if (!assignment.leaving) {
            model.accept(Arrival.of(assignment, work, entry, world.now));
        }
        Runnable acknowledge = () -> assignment.acknowledge(entry.offset(), world);
        return new Delivery(assignment.partition.name, entry.offset(), work, 1, acknowledge);
    }

    void request(String id, OptionalLong version, long truth, boolean urgent) {
        if (requests.open() < REQUESTS) {
            world.trace("request", id, version, urgent);
            world.saw(SimulationEvent.REQUESTED);
            Trigger trigger = SimulatedWorld.trigger(id, version);
            var work = new Work.Refresh(trigger, RetryHistory.NONE);
            model.request(new Arrival(requests, work, requested++, truth, world.now), urgent);
            engine.request(trigger, urgent);
            check.afterStep();
        }
    }

    void await(String id, OptionalLong version, long timeout) {
        awaits.call(id, version, timeout);
        check.afterStep();
    }

    void retryNow(String id) {
        if (engine.ids().retryNow(id)) {
            world.trace("retry now", id);
            world.saw(SimulationEvent.RETRIED_BY_HAND);
        }
        check.afterStep();
    }

    /** Pauses an id. */
    void pauseId(String id, long millis) {
        world.trace(this, "pause", id, millis);
        world.saw(SimulationEvent.ID_PAUSED);
        model.pause(id, world.now + millis);
        engine.ids().pause(id, Duration.ofMillis(millis));
        check.afterStep();
    }

    void resumeId(String id) {
        if (model.resume(id)) {
            world.trace(this, "resume", id);
            world.saw(SimulationEvent.ID_RESUMED);
        }
        engine.ids().resume(id);
        check.afterStep();
    }

    /** Pauses or resumes the listener; a paused container polls without fetching records. */
    void pauseReading(boolean pause) {
        if (pause) {
            world.saw(SimulationEvent.LISTENER_PAUSED);
        }
        pausedReading = pause;
    }

    void advance() {
        threadless = false;
        timer.advanceTo(world.now);
        check.afterStep();
    }

    boolean canWork() {
        return wanted > 0 || !workers.isEmpty();
    }

    boolean wantsNoThread() {
        return wanted == 0;
    }

    /** Starts a requested thread, or lets a worker take its next step. */
    void work() {
        if (wanted > 0 && (workers.isEmpty() || world.random.nextBoolean())) {
            wanted--;
            begin(engine.begin());
        } else if (!workers.isEmpty()) {
            VirtualWorker worker = workers.get(world.random.nextInt(workers.size()));
            if (!worker.step()) {
                settle(worker);
            }
        }
        check.afterStep();
    }

    private void settle(VirtualWorker worker) {
        world.trace(this, "settles", worker);
        workers.remove(worker);
        model.settle(worker);
        observer.watch(worker.batch);
        Batch next = engine.settle(worker.batch, worker.outcomes());
        check.afterRound(worker);
        awaits.afterRound(worker);
        begin(next);
    }

    private void begin(Batch batch) {
        if (batch != null) {
            var worker = new VirtualWorker(world, this, batch);
            world.trace(this, "begins", worker);
            model.begin(batch);
            workers.add(worker);
        }
    }

    void checkIdle() {
        check.atEnd();
    }

    boolean isIdle() {
        return !canWork() && !model.hasWork() && timer.pending() == 0;
    }

    @Override
    public void execute(Runnable worker) {
        if (threadless) {
            world.saw(SimulationEvent.NO_THREAD);
            lastWithoutThread = world.now;
            throw new RejectedExecutionException();
        }
        wanted++;
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        paused.addAll(partitions);
        if (partitions.stream().allMatch(each -> each.topic().equals(SimulatedBroker.RETRY_TOPIC))) {
            world.saw(SimulationEvent.RETRY_TOPIC_PAUSED);
        }
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        paused.removeAll(partitions);
    }

    @Override
    public String toString() {
        return "process " + number;
    }
}
