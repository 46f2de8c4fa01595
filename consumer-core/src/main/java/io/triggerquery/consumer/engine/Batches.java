package io.triggerquery.consumer.engine;

import io.triggerquery.consumer.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes ready items from a lane and makes the batch of a round of them.
 *
 * <p>Threads: guarded by the engine's lock.
 */
final class Batches {

    private final Lanes lanes;
    private final EngineSettings.Patience patience;
    private final int maxBatch;
    private final LongSupplier clock;

    Batches(Lanes lanes, EngineSettings.Patience patience, int maxBatch, LongSupplier clock) {
        this.lanes = lanes;
        this.patience = patience;
        this.maxBatch = maxBatch;
        this.clock = clock;
    }

    /** Takes the next batch of a lane in which at least one item is ready. */
    Batch take(Lane lane) {
        if (lane.asksTheSource()) {
            return refresh(lane);
        }
        return lane == Lane.PARK ? park() : bury(takeFirst(lane));
    }

    private Batch refresh(Lane lane) {
        int most = Math.min(lanes.idsAtOnce(), lanes.ready(lane));
        List<WorkItem> taken = new ArrayList<>(most);
        List<Batch.Ask> asks = new ArrayList<>(most);
        int company = maxBatch;
        while (taken.size() < Math.min(most, company)) {
            WorkItem item = Objects.requireNonNull(lanes.first(lane));
            Trouble trouble = item.trouble();
            int its = trouble == null ? maxBatch : trouble.company();
            if (!taken.isEmpty() && its != company) {
                break; // those that failed together are tried together, with no others
            }
            company = its;
            lanes.remove(lane, item);
            taken.add(item);
            asks.add(ask(item, trouble));
        }
        return new Batch.Refresh(lane, taken, asks);
    }

    private Batch.Ask ask(WorkItem item, @Nullable Trouble trouble) {
        long now = clock.getAsLong();
        Duration grace = patience.absentGrace();
        WorkState.Running running = item.take(now - patience.settleDelay().toNanos());
        return new Batch.Ask(
                Objects.requireNonNull(running.trigger()),
                trouble == null ? 0 : trouble.unanswered(),
                grace.isZero() || trouble != null && trouble.absentFor(grace, now));
    }

    private Batch park() {
        int most = Math.min(Lane.PARKED_AT_ONCE, lanes.ready(Lane.PARK));
        long now = clock.getAsLong();
        List<WorkItem> taken = new ArrayList<>(most);
        List<Outlets.Parked> triggers = new ArrayList<>(most);
        while (taken.size() < most) {
            WorkItem item = takeFirst(Lane.PARK);
            Trigger trigger = Objects.requireNonNull(item.take(now).trigger());
            Trouble trouble = item.trouble();
            Duration failingFor = trouble == null ? Duration.ZERO : trouble.failingFor(now);
            taken.add(item);
            triggers.add(new Outlets.Parked(trigger, new Past(item.failures(), failingFor, Duration.ZERO)));
        }
        return new Batch.Park(taken, triggers);
    }

    private Batch bury(WorkItem item) {
        Trigger trigger = item.take(clock.getAsLong()).trigger();
        return item.work() instanceof Work.Bury bury
                ? new Batch.BuryMessage(item, bury)
                : new Batch.BuryTrigger(
                        item,
                        Objects.requireNonNull(trigger),
                        Objects.requireNonNull(item.inTrouble().cause()));
    }

    private WorkItem takeFirst(Lane lane) {
        WorkItem item = Objects.requireNonNull(lanes.first(lane));
        lanes.remove(lane, item);
        return item;
    }
}
