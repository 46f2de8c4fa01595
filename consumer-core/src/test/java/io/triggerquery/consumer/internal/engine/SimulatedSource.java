package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The source: the history of each id, replicas that lag behind it, and all faults of a call.
 */
final class SimulatedSource {

    /** The condition of the source. */
    enum Health {
        WELL,
        FLAKY,
        FAILING,
        UNAVAILABLE,
        REFUSING,
        REJECTING,
        /** Answers calls for few ids, and fails as in an outage for more. */
        WEAK
    }

    /** The effect of a bad id on its batch. */
    enum Poison {
        FAILS_QUERY(FailureKind.RETRYABLE),
        FAILS_PROJECTION(FailureKind.RETRYABLE),
        NEVER_QUERIED(FailureKind.PERMANENT),
        NEVER_PROJECTED(FailureKind.PERMANENT);

        final FailureKind kind;

        Poison(FailureKind kind) {
            this.kind = kind;
        }

        boolean inQuery() {
            return this == FAILS_QUERY || this == NEVER_QUERIED;
        }
    }

    /**
     * A state of an id.
     *
     * @param version counts all changes, deletions too
     * @param said the version that the source answers
     */
    record State(long version, boolean deleted, long said) {}

    private record Change(long visibleAt, State state) {}

    private static final State NEVER_KNOWN = new State(0, true, 0);

    private final Map<String, List<Change>> histories = new HashMap<>();
    private final SimulatedWorld world;

    final Map<String, Poison> poison = new HashMap<>();
    Health health = Health.WELL;

    SimulatedSource(SimulatedWorld world) {
        this.world = world;
    }

    /** Changes an id. The change can be read at once. Returns its version. */
    long change(String id, boolean delete, long visibleAt) {
        List<Change> history = histories.computeIfAbsent(id, unknown -> new ArrayList<>());
        Change last = history.isEmpty() ? null : history.get(history.size() - 1);
        long version = last == null ? 1 : last.state().version() + 1;
        history.add(new Change(
                last == null ? visibleAt : Math.max(visibleAt, last.visibleAt()),
                new State(version, delete, said(last, version, delete))));
        return version;
    }

    /** In some scenarios a deletion keeps the version, and an id that is created again restarts at the first. */
    private long said(Change last, long version, boolean delete) {
        if (!world.restarts()) {
            return version;
        }
        if (last == null) {
            return 1;
        }
        return delete
                ? last.state().said()
                : last.state().deleted() ? 1 : last.state().said() + 1;
    }

    /** Returns the version that a sender states: the current one, or the one before the last change. */
    OptionalLong bound(String id) {
        State newest = newestState(id);
        boolean before = world.scenario.lateness() == 0 && !newest.deleted() && world.random.nextInt(3) == 0;
        return OptionalLong.of(before ? Math.max(0, newest.said() - 1) : newest.said());
    }

    boolean isDeleted(String id) {
        return newestState(id).deleted();
    }

    private State newestState(String id) {
        List<Change> history = histories.get(id);
        return history == null ? NEVER_KNOWN : history.get(history.size() - 1).state();
    }

    /** Returns the newest version, which may not be visible yet. */
    long newest(String id) {
        return newestState(id).version();
    }

    State read(String id, long asOf) {
        List<Change> history = histories.getOrDefault(id, List.of());
        for (int i = history.size() - 1; i >= 0; i--) {
            if (history.get(i).visibleAt() <= asOf) {
                return history.get(i).state();
            }
        }
        return NEVER_KNOWN;
    }

    /** Answers the query of a worker, and notes which versions were read. */
    Answer<Long> ask(List<String> ids, Map<String, State> read) {
        if (health == Health.REFUSING) {
            return new Answer.Refused<>(Duration.ofMillis(200 + world.random.nextInt(1_000)));
        }
        if (health == Health.UNAVAILABLE) {
            throw new SimulatedFailure(FailureKind.UNAVAILABLE, ids.size(), null);
        }
        if (health == Health.REJECTING) {
            throw new SimulatedFailure(FailureKind.REJECTED, ids.size(), null);
        }
        if (health == Health.WEAK && ids.size() > 1) {
            world.saw(SimulationEvent.TOO_HEAVY);
            throw new SimulatedFailure(FailureKind.UNAVAILABLE, ids.size(), null);
        }
        if (health == Health.FAILING || health == Health.FLAKY && world.random.nextInt(3) == 0) {
            throw new SimulatedFailure(FailureKind.RETRYABLE, ids.size(), null);
        }
        failIfPoisoned(ids, true);
        Map<String, Snapshot<Long>> answers = new HashMap<>();
        long lag = world.lag();
        for (String id : ids) {
            if (health == Health.FLAKY && world.random.nextInt(8) == 0) {
                continue; // missing in the answer
            }
            State state = read(id, world.now - lag);
            read.put(id, state);
            answers.put(id, snapshot(id, state));
        }
        return new Answer.Given<>(answers);
    }

    /** Whether the bad id fails the query or the projection. */
    void failIfPoisoned(List<String> ids, boolean inQuery) {
        if (poison.isEmpty()) {
            return;
        }
        for (String id : ids) {
            Poison its = poison.get(id);
            if (its != null && its.inQuery() == inQuery) {
                throw new SimulatedFailure(its.kind, ids.size(), id);
            }
        }
    }

    private Snapshot<Long> snapshot(String id, State state) {
        Scenario.Versions versions = world.scenario.versions();
        if (state.deleted()) {
            return new Snapshot.Absent<>(id, optional(versions.ofAbsences(), state.said()));
        }
        return new Snapshot.Found<>(id, state.version(), optional(versions.ofStates(), state.said()));
    }

    static OptionalLong optional(boolean present, long value) {
        return present ? OptionalLong.of(value) : OptionalLong.empty();
    }
}
