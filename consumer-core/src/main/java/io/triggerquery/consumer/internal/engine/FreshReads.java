package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FreshnessResult;
import io.triggerquery.consumer.FreshnessResult.How;
import io.triggerquery.consumer.FreshnessResult.Known;
import io.triggerquery.consumer.FreshnessResult.Reason;
import io.triggerquery.consumer.Trigger;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The callers of this process that wait until an id is projected. An awaited id goes first; all callers of an id share
 * its rounds.
 *
 * <p>The request of a caller is a delivery without a message: it has no offset, requires no version, and is withdrawn
 * when the last caller of its id has been answered. So what callers ask for delays no commit, and is neither deferred
 * nor dead-lettered.
 *
 * <p>Threads: any; the engine's lock guards all state. Bounds: {@value #MAX_IDS} ids and {@value #MAX_CALLERS} callers;
 * each waits until its timeout at most. Failure: none; a caller is answered exactly once.
 */
public final class FreshReads {

    /** The maximum number of ids that are awaited at the same time. */
    public static final int MAX_IDS = 1_000;

    /** The maximum number of callers that wait at the same time. */
    public static final int MAX_CALLERS = 10_000;

    private final Map<Object, AwaitedId> awaited = new HashMap<>();
    private final WorkQueue queue;
    private final ListenerThrottle throttle;
    private final AwaitedItems items;
    private final WorkQueue.ActionScheduler scheduler;
    private final EngineSettings.Timing timing;
    private final IdRequests.EngineLock lock;
    private int callers;
    private boolean active;
    private boolean closed;

    FreshReads(
            WorkQueue queue,
            ListenerThrottle throttle,
            AwaitedItems items,
            WorkQueue.ActionScheduler scheduler,
            EngineSettings.Timing timing,
            IdRequests.EngineLock lock) {
        this.queue = queue;
        this.throttle = throttle;
        this.items = items;
        this.scheduler = scheduler;
        this.timing = timing;
        this.lock = lock;
    }

    /**
     * Waits until an id is projected.
     *
     * @param trigger the id, without a version
     * @param version the version that the projection must have, or empty for what the source has now
     * @param receiver receives the answer once, by any thread, under the engine's lock; it must only hand it over
     * @return withdraws the caller, who then receives no answer
     */
    public Runnable await(Trigger trigger, OptionalLong version, Duration timeout, Consumer<FreshnessResult> receiver) {
        var caller = new FreshRead(version, queue.now(), timeout, receiver);
        lock.run(() -> {
            begin(trigger, caller, timeout);
            return true;
        });
        return () -> lock.run(() -> {
            leave(trigger.id(), caller);
            return true;
        });
    }

    /** Answers all callers and all later ones, or accepts callers again. */
    public void close(boolean isClosed) {
        lock.run(() -> {
            closed = isClosed;
            for (AwaitedId each : isClosed ? List.copyOf(awaited.values()) : List.<AwaitedId>of()) {
                refuse(each, Reason.CLOSED);
                forget(each);
            }
            return isClosed;
        });
    }

    private void begin(Trigger trigger, FreshRead caller, Duration timeout) {
        String id = trigger.id();
        Reason refusal = refusal(id, timeout);
        if (refusal != null) {
            caller.answer(new FreshnessResult.Refused(refusal, known(id, OptionalLong.empty())));
            return;
        }
        setActive(true);
        AwaitedId each = awaited.computeIfAbsent(id, any -> new AwaitedId(trigger));
        boolean asksForMore = each.add(caller);
        callers++;
        caller.timesOutWith(scheduler.set(timeout, () -> timeOut(each, caller)));
        WorkItem item = queue.item(id);
        if (item != null && item.state() instanceof WorkState.Running running) {
            caller.calledDuring(running.round(), asksForMore); // decided when it ends
        } else if (asksForMore || !each.isPausing()) {
            ask(each);
        }
    }

    private @Nullable Reason refusal(String id, Duration timeout) {
        if (closed) {
            return Reason.CLOSED;
        }
        if (callers >= MAX_CALLERS || awaited.size() >= MAX_IDS && !awaited.containsKey(id)) {
            return Reason.TOO_MANY;
        }
        return throttle.queriesResumeIn().compareTo(timeout) > 0 ? Reason.SOURCE_UNAVAILABLE : items.refusal(id);
    }

    /** Returns whether callers wait, or requests of former ones are left. */
    boolean isActive() {
        return active;
    }

    private void setActive(boolean isActive) {
        active = isActive;
        queue.lanes().serveUrgent(isActive);
    }

    private void updateActive() {
        setActive(!awaited.isEmpty() || items.any());
    }

    /** Answers the callers of a round that has been settled, and requests another for those who still wait. */
    void ended(Batch batch, List<Settlement.Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            WorkItem item = batch.items().get(i);
            AwaitedId each = awaited.get(item.work().key());
            if (each != null) {
                ended(each, steps.get(i).outcome(), batch.progress());
            } else if (item.isUrgent() && queue.has(item)) {
                items.release(item);
            }
        }
        updateActive();
    }

    private void ended(AwaitedId each, Outcome outcome, RoundProgress round) {
        OptionalLong version = projected(outcome);
        each.answered(version);
        boolean another = version.isEmpty();
        for (FreshRead caller : each.callers()) {
            FreshRead.Verdict verdict = caller.judge(outcome, round, timing);
            if (verdict == FreshRead.Verdict.FRESH) {
                boolean absent = outcome instanceof Outcome.Applied applied && applied.absent();
                answer(each, caller, new FreshnessResult.Fresh(absent ? How.ABSENT : How.APPLIED, version));
            } else if (verdict == FreshRead.Verdict.NOT_COMPARABLE) {
                answer(each, caller, new FreshnessResult.Refused(Reason.NOT_COMPARABLE, known(each)));
            } else {
                another |= caller.asksAfter(round);
            }
        }
        if (each.isEmpty()) {
            forget(each);
        } else {
            goOn(each, another);
        }
    }

    private static OptionalLong projected(Outcome outcome) {
        if (outcome instanceof Outcome.Applied applied) {
            return applied.version();
        }
        return outcome instanceof Outcome.Stale stale ? stale.version() : OptionalLong.empty();
    }

    private void ask(AwaitedId each) {
        each.endPause();
        refuseThoseTooEarly(each, items.ask(each));
    }

    /** An answer that was too old is followed by a pause, also if another trigger waits. */
    private void goOn(AwaitedId each, boolean atOnce) {
        WorkItem item = queue.item(each.id());
        if (item != null && AwaitedItems.waitsForRetry(item)) {
            items.request(each, item);
            refuseThoseTooEarly(each, item);
        } else if (atOnce) {
            ask(each);
        } else {
            each.pausesUntil(scheduler.set(each.nextPause(), () -> askAgain(each)));
        }
    }

    private void askAgain(AwaitedId each) {
        WorkItem item = queue.item(each.id());
        each.endPause();
        Reason refusal = items.refusal(each.id());
        if (refusal != null) {
            refuse(each, refusal);
            forget(each);
        } else if (item == null || !(item.state() instanceof WorkState.Running)) {
            ask(each);
        }
    }

    /** Answers those whose timeout is before the next query of a failing id. */
    private void refuseThoseTooEarly(AwaitedId each, WorkItem item) {
        boolean backsOff =
                item.state() instanceof WorkState.Waiting waiting && waiting.reason() == WorkState.Reason.BACK_OFF;
        long until = backsOff
                ? ((WorkState.Waiting) item.state()).until()
                : queue.now() + throttle.queriesResumeIn().toNanos();
        Reason reason = backsOff ? Reason.FAILING : Reason.SOURCE_UNAVAILABLE;
        each.endingBefore(until)
                .forEach(caller -> answer(each, caller, new FreshnessResult.Refused(reason, known(each))));
        if (each.isEmpty()) {
            forget(each);
        }
    }

    /**
     * Answers the callers of an item that is not queried now: it is deferred, dead-lettered or paused. An item without
     * triggers is removed.
     *
     * @return whether triggers are left
     */
    boolean leaves(WorkItem item, Lane next) {
        AwaitedId each = awaited.remove(item.work().key());
        if (each != null) {
            refuse(each, items.reason(each.id(), next));
            each.endPause();
        }
        boolean isLeft = items.withdraw(item);
        if (!isLeft) {
            queue.remove(item);
        }
        return isLeft;
    }

    private void refuse(AwaitedId each, Reason reason) {
        Known known = known(each);
        each.callers().forEach(caller -> answer(each, caller, new FreshnessResult.Refused(reason, known)));
    }

    private void timeOut(AwaitedId each, FreshRead caller) {
        answer(each, caller, new FreshnessResult.TimedOut(known(each)));
        if (each.isEmpty()) {
            forget(each);
        }
    }

    private void leave(String id, FreshRead caller) {
        AwaitedId each = awaited.get(id);
        if (each != null && each.has(caller)) {
            each.remove(caller);
            callers--;
            caller.leave();
            if (each.isEmpty()) {
                forget(each);
            }
        }
    }

    private void answer(AwaitedId each, FreshRead caller, FreshnessResult result) {
        each.remove(caller);
        callers--;
        caller.answer(result);
    }

    /** Forgets an id for which no caller waits. What runs for it is completed. */
    private void forget(AwaitedId each) {
        awaited.remove(each.id(), each);
        each.endPause();
        WorkItem item = queue.item(each.id());
        if (item != null && !(item.state() instanceof WorkState.Running)) {
            items.release(item);
        }
        updateActive();
    }

    private Known known(AwaitedId each) {
        Known known = known(each.id(), each.answered());
        boolean pauses = each.isPausing() && known.state() == FreshnessResult.State.IDLE;
        return pauses
                ? new Known(FreshnessResult.State.STALE, known.version(), Optional.empty(), known.lastFailure())
                : known;
    }

    private Known known(String id, OptionalLong version) {
        return KnownState.of(IdLookup.find(queue, throttle, id), version);
    }
}
