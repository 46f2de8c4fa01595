package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of each id of a round that the source has answered.
 *
 * <p>Threads: one worker.
 *
 * @param <S> the state
 */
final class RoundResults<S> {

    private static final Outcome APPLIED = new Outcome.Applied(OptionalLong.empty());

    private final List<Batch.IdQuery> queries;
    private final List<@Nullable Snapshot<S>> snapshots;
    private final @Nullable Outcome[] outcomes;

    RoundResults(List<Batch.IdQuery> queries, Map<String, Snapshot<S>> answers) {
        this.queries = queries;
        this.snapshots = new ArrayList<>(queries.size());
        this.outcomes = new Outcome[queries.size()];
        for (Batch.IdQuery query : queries) {
            snapshots.add(answers.get(query.trigger().id()));
        }
    }

    /** Sets the outcomes that need no projection, and returns the indexes of the other ids. */
    List<Integer> toProject(AbsenceLimit absences) {
        List<Integer> toProject = new ArrayList<>(outcomes.length);
        for (int i = 0; i < outcomes.length; i++) {
            Snapshot<S> snapshot = snapshots.get(i);
            if (snapshot == null) {
                outcomes[i] = unanswered(queries.get(i).trigger());
            } else if (snapshot instanceof Snapshot.Absent) {
                outcomes[i] = absent(snapshot, queries.get(i), absences);
            } else {
                absences.found();
            }
            if (outcomes[i] == null) {
                toProject.add(i);
            }
        }
        return toProject;
    }

    /**
     * Returns the outcome of an absence that is withheld, or null if it is to be projected. An absence with a version
     * is projected at once, one without after the grace period.
     */
    private static @Nullable Outcome absent(Snapshot<?> absent, Batch.IdQuery query, AbsenceLimit absences) {
        boolean versioned = absent.version().isPresent();
        if (versioned || !query.absenceConfirmed()) {
            absences.absent(); // counted once for each id, not again when the grace period ends
        }
        if (absences.exceeded()) {
            var cause = new MassAbsenceException(absent.id(), absences.max());
            return new Outcome.Failed(cause, FailureKind.UNAVAILABLE, true);
        }
        return versioned || query.absenceConfirmed() ? null : new Outcome.Unconfirmed();
    }

    List<Snapshot<S>> snapshots(List<Integer> indexes) {
        List<Snapshot<S>> selected = new ArrayList<>(indexes.size());
        for (int index : indexes) {
            selected.add(snapshot(index));
        }
        return selected;
    }

    private Snapshot<S> snapshot(int index) {
        return Objects.requireNonNull(snapshots.get(index));
    }

    void applied(List<Integer> indexes) {
        for (int index : indexes) {
            Snapshot<S> snapshot = snapshot(index);
            boolean stale =
                    isOlder(snapshot.version(), queries.get(index).trigger().version());
            outcomes[index] = stale ? new Outcome.Stale(snapshot.version()) : applied(snapshot);
        }
    }

    private static Outcome applied(Snapshot<?> snapshot) {
        boolean absent = snapshot instanceof Snapshot.Absent;
        return absent || snapshot.version().isPresent() ? new Outcome.Applied(snapshot.version(), absent) : APPLIED;
    }

    void failed(List<Integer> indexes, List<Outcome> failures) {
        for (int i = 0; i < indexes.size(); i++) {
            outcomes[indexes.get(i)] = failures.get(i);
        }
    }

    List<Outcome> outcomes() {
        return Arrays.asList(outcomes);
    }

    private Outcome unanswered(Trigger trigger) {
        var cause = new NoAnswerException(trigger.id());
        return queries.size() == 1
                ? new Outcome.Failed(cause, FailureKind.RETRYABLE, true)
                : new Outcome.Split(1, cause, FailureKind.RETRYABLE, true);
    }

    private static boolean isOlder(OptionalLong answered, OptionalLong triggered) {
        return answered.isPresent() && triggered.isPresent() && answered.getAsLong() < triggered.getAsLong();
    }
}
