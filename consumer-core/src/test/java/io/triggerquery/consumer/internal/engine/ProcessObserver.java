package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import java.time.Duration;
import java.util.OptionalLong;

/** Observes the engine of a process, counts its events, and checks which ids are blamed. */
final class ProcessObserver implements EngineListener {

    private final SimulatedWorld world;
    private final EngineModel model;
    private Batch batch;
    private boolean toWait;

    ProcessObserver(SimulatedWorld world, EngineModel model) {
        this.world = world;
        this.model = model;
    }

    /** Notes a round that is about to be settled. */
    void watch(Batch settled) {
        batch = settled;
        toWait = false;
    }

    /** Returns whether an id of that round has failed and must wait. */
    boolean failedToWait() {
        return toWait;
    }

    @Override
    public void failed(Work work, int failures, Duration retryIn, Throwable cause) {
        world.saw(SimulationEvent.FAILED);
        model.failed(work.name(), failures, retryIn.toMillis());
        toWait |= batch instanceof Batch.Refresh && !retryIn.isZero();
        if (cause instanceof SimulatedFailure failure) {
            Violation.unless(failure.isOf(work.name()), "G5:", work.name(), "is blamed:", cause);
            if (failure.hasCulprit()) {
                world.saw(SimulationEvent.BAD_ID_FOUND);
            }
        }
    }

    @Override
    public void split(int ids, Throwable cause) {
        world.saw(SimulationEvent.SPLIT);
    }

    @Override
    public void stale(Trigger trigger, OptionalLong answered) {
        world.saw(SimulationEvent.STALE);
    }

    @Override
    public void refused(int ids, Duration pause) {
        world.saw(SimulationEvent.REFUSED);
    }

    @Override
    public void deferred(Trigger trigger, int failures) {
        world.saw(SimulationEvent.DEFERRED);
    }

    @Override
    public void deadLettered(Trigger trigger, Throwable cause) {
        world.saw(SimulationEvent.DEAD_LETTERED);
    }

    @Override
    public void full(long pending) {
        world.saw(SimulationEvent.FULL);
    }

    @Override
    public void nearCapacity(int limit) {
        world.saw(SimulationEvent.NEAR_CAPACITY);
    }
}
