package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import java.time.Duration;
import java.util.OptionalLong;

/** Observes the engine of a process, counts its events, and checks which ids are blamed. */
final class ProcessObserver implements EngineListener {

    private final SimulatedWorld world;
    private final Shadow shadow;
    private Batch batch;
    private boolean toWait;

    ProcessObserver(SimulatedWorld world, Shadow shadow) {
        this.world = world;
        this.shadow = shadow;
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
        world.saw(Happening.FAILED);
        shadow.failed(work.name(), failures, retryIn.toMillis());
        toWait |= batch instanceof Batch.Refresh && !retryIn.isZero();
        if (cause instanceof SimulatedFailure failure) {
            Violation.unless(failure.isOf(work.name()), "G5:", work.name(), "is blamed:", cause);
            if (failure.hasCulprit()) {
                world.saw(Happening.BAD_ID_FOUND);
            }
        }
    }

    @Override
    public void split(int ids, Throwable cause) {
        world.saw(Happening.SPLIT);
    }

    @Override
    public void stale(Trigger trigger, OptionalLong answered) {
        world.saw(Happening.STALE);
    }

    @Override
    public void refused(int ids, Duration pause) {
        world.saw(Happening.REFUSED);
    }

    @Override
    public void deferred(Trigger trigger, int failures) {
        world.saw(Happening.DEFERRED);
    }

    @Override
    public void deadLettered(Trigger trigger, Throwable cause) {
        world.saw(Happening.DEAD_LETTERED);
    }

    @Override
    public void full(long pending) {
        world.saw(Happening.FULL);
    }

    @Override
    public void nearCapacity(int limit) {
        world.saw(Happening.NEAR_CAPACITY);
    }
}
