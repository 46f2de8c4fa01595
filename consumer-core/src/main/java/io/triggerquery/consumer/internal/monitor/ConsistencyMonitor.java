package io.triggerquery.consumer.internal.monitor;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.internal.failure.OneLine;
import io.triggerquery.consumer.internal.monitor.Look.Comparison;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Measures the consistency of one listener's projection.
 *
 * <p>Threads: {@link #tick} is called by one thread, which waits while a side is read; {@link #report} by any. Bounds:
 * the rate, which checks and repairs share; {@value CheckQueue#SIZE} waiting checks; each call has a deadline. Failure:
 * what cannot be read is not checked, counted as skipped, and reported.
 */
public final class ConsistencyMonitor {

    /** The share of the rate for each list. Half is for triggers, and the rest for second looks and repairs. */
    private static final double LIST_SHARE = 0.2;

    private static final double TRIGGER_SHARE = 0.5;
    private static final int CHECKS_OF_TRIGGER = 5;
    private static final int MAX_BATCH = 100;

    private final MonitoredSides sides;
    private final MonitoredWork work;
    private final MonitorTime time;
    private final Budget budget;
    private final CheckQueue queue = new CheckQueue();
    private final TriggerSampling triggers;
    private final ListSampling lists;
    private final KnownViolations known = new KnownViolations();
    private final Statistics statistics;
    private final MonitorListeners listeners = new MonitorListeners();
    private final Repairs repairs;
    private final Decisions decisions;
    private volatile @Nullable String error;

    /**
     * Creates a monitor.
     *
     * @param rate the maximum number of ids per second that are checked and repaired; at least 1
     * @param sampler is notified of the triggers that the engine receives
     */
    public ConsistencyMonitor(
            int rate, TriggerSampler sampler, MonitoredSides sides, MonitoredWork work, MonitorTime time) {
        this.sides = sides;
        this.work = work;
        this.time = time;
        this.statistics = new Statistics(time);
        listeners.add(statistics);
        this.budget = new Budget(rate, rate, time.nanos());
        this.triggers = new TriggerSampling(sampler, rate * TRIGGER_SHARE / CHECKS_OF_TRIGGER, queue, time, listeners);
        this.lists = new ListSampling(sides, rate * LIST_SHARE, queue, time);
        this.repairs = new Repairs(work, budget, listeners);
        this.decisions = new Decisions(sides, work, queue, new Decisions.Findings(repairs, known, listeners), time);
    }

    /** Adds a listener; called before the first tick. */
    public void add(MonitorListener listener) {
        listeners.add(listener);
    }

    /** Makes the checks that are due. Called a few times per second. */
    public void tick() throws InterruptedException {
        long now = time.nanos();
        triggers.next(now);
        if (work.hasRoom()) {
            if (work.isOwner()) {
                lists.next(now);
            }
            checkAll(budget.available(time.nanos()));
        }
        skip(queue.tooLate(time.nanos()));
    }

    /** Makes checks of so many ids at most, in several queries if a query is of few. */
    private void checkAll(int most) throws InterruptedException {
        int perQuery = Math.min(sides.maxIds(), MAX_BATCH);
        int checked = -1;
        for (int left = most; left > 0 && checked != 0 && work.hasRoom(); left -= checked) {
            checked = check(time.nanos(), Math.min(left, perQuery));
        }
    }

    /** Returns the number of ids that were checked. */
    private int check(long now, int max) throws InterruptedException {
        List<String> persisting = known.due(now, Math.min(max, 1));
        List<Check> due = queue.due(now, max - persisting.size());
        Set<String> ids = new LinkedHashSet<>(due.stream().map(Check::id).toList());
        ids.addAll(persisting);
        if (ids.isEmpty()) {
            return 0;
        }
        budget.use(ids.size());
        Looks looks = look(ids);
        Supplier<@Nullable GroupProgress> progress = once(work::progress);
        // once the partition is elsewhere, the engine does not know the trigger, and a projection in memory not the id
        for (Check one : triggers.dropMoved(due)) {
            Look look = looks.of(one.id());
            if (look == null) {
                decisions.tooLate(one, null);
            } else {
                decisions.decide(one, look, looks.answeredAt(), progress);
            }
        }
        persisting.forEach(id -> lookedAgain(id, looks.of(id)));
        return ids.size();
    }

    private record Looks(Map<String, Snapshot<?>> answers, Map<String, Projected> projected, long answeredAt) {

        private @Nullable Look of(String id) {
            Snapshot<?> answer = answers.get(id);
            return answer == null ? null : new Look(answer, projected.get(id));
        }
    }

    private Looks look(Set<String> ids) throws InterruptedException {
        try {
            Map<String, Snapshot<?>> answers = sides.ask(List.copyOf(ids));
            long answeredAt = time.nanos();
            Map<String, Projected> projected = sides.projected(ids);
            error = null;
            return new Looks(answers, projected, answeredAt);
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception failure) {
            failed(failure);
            return new Looks(Map.of(), Map.of(), 0);
        }
    }

    private void failed(Exception failure) {
        error = OneLine.of(failure);
        listeners.failed(failure);
    }

    private static <T> Supplier<@Nullable T> once(Supplier<@Nullable T> supplier) {
        List<@Nullable T> result = new ArrayList<>(1);
        return () -> {
            if (result.isEmpty()) {
                result.add(supplier.get());
            }
            return result.get(0);
        };
    }

    /** Decides about a violation that was known to persist. */
    private void lookedAgain(String id, @Nullable Look look) {
        if (look == null) {
            return;
        }
        if (look.compare() == Comparison.EQUAL) {
            known.right(id);
        } else {
            repairs.repair(id, look, known.cause(id), time.nanos());
        }
    }

    /** Counts checks that could not be made in time. */
    private void skip(List<Check> late) throws InterruptedException {
        Set<String> open = late.stream()
                .filter(check -> check.suspicion() == null && decisions.isOpen(check))
                .map(Check::id)
                .limit(MAX_BATCH)
                .collect(Collectors.toSet());
        Map<String, Projected> projected = Map.of();
        if (!open.isEmpty()) {
            try {
                projected = sides.projected(open);
            } catch (InterruptedException stopped) {
                throw stopped;
            } catch (Exception failure) {
                failed(failure);
            }
        }
        for (Check check : late) {
            decisions.tooLate(check, projected.get(check.id()));
        }
    }

    /**
     * Returns what it has found so far.
     *
     * @param listener the id of the listener
     */
    public ConsistencyReport report(String listener) {
        long oldest = known.oldest(time.nanos());
        String ofList = lists.error();
        return new ConsistencyReport(
                listener,
                Arrays.stream(Measure.values())
                        .map(measure -> ConsistencyReport.share(measure, statistics))
                        .toList(),
                statistics.causes().entrySet().stream()
                        .map(one -> new ConsistencyReport.Count(one.getKey().label(), one.getValue()))
                        .toList(),
                statistics.repairs(),
                known.size(),
                oldest == 0 ? null : Duration.ofNanos(oldest).truncatedTo(ChronoUnit.MILLIS),
                known.persisting(),
                known.last(),
                error == null ? ofList : error);
    }

    /** Returns the number of violations that are known to persist. */
    public int known() {
        return known.size();
    }

    /** Returns how long the oldest known violation has persisted, in seconds; 0 if none is known. */
    public double oldestSeconds() {
        return known.oldest(time.nanos()) / 1e9;
    }
}
