package io.triggerquery.consumer.internal.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Describes single ids for operators.
 *
 * <p>Threads: guarded by the engine's lock. Cost: one look-up, or for {@link #stuck} an iteration over all pending ids.
 */
final class IdLookup {

    /** The duration of a round from which its ids count as stuck; a query ends earlier by its own deadline. */
    static final Duration LONG_ROUND = Duration.ofSeconds(30);

    private IdLookup() {}

    /** Returns the open work of an id, or null if there is none. */
    static IdStatus.@Nullable OpenWork find(WorkQueue queue, ListenerThrottle throttle, String id) {
        WorkItem item = queue.item(id);
        if (item == null) {
            return null;
        }
        FailureState failureState = item.failureState();
        return new IdStatus.OpenWork(
                state(item, queue, throttle),
                Objects.requireNonNull(item.trigger()),
                deliveries(item, queue.now()),
                item.failures(),
                failureState == null ? Duration.ZERO : failureState.failingFor(queue.now()),
                failureState == null ? null : failureState.line());
    }

    private static List<IdStatus.Open> deliveries(WorkItem item, long now) {
        Stream<OpenDelivery> running =
                item.state() instanceof WorkState.Running round ? round.taken().stream() : Stream.empty();
        return Stream.concat(running, item.waiting().stream())
                .map(open -> new IdStatus.Open(
                        Assignments.isRequest(open.delivery())
                                ? null
                                : open.delivery().partition(),
                        open.delivery().offset(),
                        Duration.ofNanos(now - open.arrivedAt())))
                .toList();
    }

    private static IdState state(WorkItem item, WorkQueue queue, ListenerThrottle throttle) {
        long now = queue.now();
        if (item.state() instanceof WorkState.Running running) {
            RoundProgress round = running.round();
            return new IdState.Running(round.step(), Duration.ofNanos(now - round.beganAt()), round.items());
        }
        if (item.state() instanceof WorkState.Waiting waiting) {
            String reason = waiting.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
            return new IdState.Waiting(reason, Duration.ofNanos(Math.max(0, waiting.until() - now)));
        }
        Lane lane = ((WorkState.Ready) item.state()).lane();
        if (lane.queriesSource() && throttle.held()) {
            return new IdState.Held(throttle.queriesResumeIn(), StatusReport.suspended(throttle.suspended(), now));
        }
        return new IdState.Ready(next(item.work(), lane));
    }

    private static IdState.Step next(Work work, Lane lane) {
        return switch (lane) {
            case DEFER -> IdState.Step.DEFERRAL;
            case DEAD_LETTER -> IdState.Step.DEAD_LETTER;
            default -> work instanceof Work.Undecoded ? IdState.Step.DECODING : IdState.Step.QUERY;
        };
    }

    private record Since(WorkItem item, long age) {}

    /** Returns the ids that have been stuck longest, and the number of all. */
    static StuckIds stuck(WorkQueue queue, ListenerThrottle throttle, int limit) {
        if (limit == 0) {
            return new StuckIds(0, List.of());
        }
        long now = queue.now();
        int total = 0;
        PriorityQueue<Since> longest = new PriorityQueue<>(Comparator.comparingLong(Since::age));
        for (WorkItem item : queue.items()) {
            long age = stuckFor(item, now);
            if (age < 0) {
                continue;
            }
            total++;
            if (longest.size() < limit) {
                longest.add(new Since(item, age));
            } else if (longest.element().age() < age) {
                longest.remove();
                longest.add(new Since(item, age));
            }
        }
        List<EngineStatus.Stuck> stuck = new ArrayList<>(longest.size());
        longest.stream()
                .sorted(Comparator.comparingLong(Since::age).reversed())
                .forEach(since -> stuck.add(stuck(since, queue, throttle)));
        return new StuckIds(total, stuck);
    }

    private static EngineStatus.Stuck stuck(Since since, WorkQueue queue, ListenerThrottle throttle) {
        FailureState failureState = since.item().failureState();
        return new EngineStatus.Stuck(
                since.item().work().name(),
                state(since.item(), queue, throttle),
                since.item().failures(),
                Duration.ofNanos(since.age()),
                failureState == null ? null : failureState.line());
    }

    /** Returns for how many nanoseconds an item has been stuck, or -1 if it is not. */
    private static long stuckFor(WorkItem item, long now) {
        FailureState failureState = item.failureState();
        Long since = failureState == null ? null : failureState.notAppliedSince();
        long failing = since == null ? -1 : now - since;
        long running = item.state() instanceof WorkState.Running round
                ? now - round.round().beganAt()
                : 0;
        return running >= LONG_ROUND.toNanos() ? Math.max(failing, running) : failing;
    }
}
